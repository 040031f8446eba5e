/** Tells the person in front of the terminal how far a run is. */
export interface Progress {
  step(text: string): void;
}

/** Prints each step with the seconds since the start, on standard error, so that standard output holds the table alone. */
export function createTerminalProgress(): Progress {
  const startedAt = performance.now();
  return {
    step(text) {
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6);
      console.error(`${seconds} s  ${text}`);
    },
  };
}

/** For tests. */
export const silentProgress: Progress = { step: () => undefined };
