export interface ClockTeller {
  /** Tells the offset when it is another one than the server knows. Called now and then. */
  look(): void;
}

export interface ClockTellerOptions {
  /** What the server was told when the connection was opened. */
  readonly told: number | undefined;
  /** Server clock minus this page's, milliseconds; undefined until it was measured. */
  readonly read: () => number | undefined;
  readonly tell: (offsetMs: number) => Promise<void>;
}

/** Less than this is not seen between a picture and what belongs to it. */
const TOLERANCE_MS = 4;

/** Keeps the server's knowledge of this page's clock true: the first measurements are rough, and clocks drift. */
export function createClockTeller({ told, read, tell }: ClockTellerOptions): ClockTeller {
  let known = told;
  let isTelling = false;
  return {
    look() {
      const offsetMs = read();
      if (isTelling || offsetMs === undefined) return;
      if (known !== undefined && Math.abs(offsetMs - known) < TOLERANCE_MS) return;
      isTelling = true;
      tell(offsetMs)
        .then(
          () => {
            known = offsetMs;
          },
          // Told again at the next look; a connection that is gone is noticed elsewhere.
          () => undefined,
        )
        .finally(() => {
          isTelling = false;
        });
    },
  };
}
