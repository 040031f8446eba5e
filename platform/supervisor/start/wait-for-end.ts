import type { House } from '../house/house.ts';

export interface Ending {
  /** Resolves when everything has ended. */
  readonly done: Promise<void>;
  hasBegun(): boolean;
}

const FORCE_AFTER_MS = 18_000;

/**
 * Ends the house on the first SIGINT, SIGTERM or SIGHUP, in order. A second one ends everything at once, and so
 * does a clock, since a Ctrl-C is promised to be done within 20 seconds. Listens from the call on.
 */
export function endOnSignal(house: House, print: (line: string) => void): Ending {
  let signals = 0;
  const done = new Promise<void>((resolve, reject) => {
    const force = () => {
      house.kill();
      process.exit(1);
    };
    const onSignal = (signal: NodeJS.Signals) => {
      signals += 1;
      // npm, the shell and the terminal may each pass one Ctrl-C on: only a later one is a second wish.
      if (signals === 1) {
        print(`\n${signal}: ending …`);
        setTimeout(force, FORCE_AFTER_MS).unref();
        setTimeout(() => process.on('SIGINT', force), 1_000).unref();
        house.stop().then(resolve, reject);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
  return { done, hasBegun: () => signals > 0 };
}
