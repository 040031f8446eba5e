/** Saves values one after the other, so that the newest one wins also on the server. */
export interface LatestSaver<Value> {
  /** Settles when this value, or a newer one in its place, is saved; rejects with what `send` rejected with. */
  save(value: Value): Promise<void>;
  /** Settles when nothing is under way any more; rejects when what is under way fails. */
  settled(): Promise<void>;
}

/** While one value is on its way, only the newest of the later ones waits. After a failure nothing waits. */
export function createLatestSaver<Value>(send: (value: Value) => Promise<void>): LatestSaver<Value> {
  let waiting: { readonly value: Value } | undefined;
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    try {
      while (waiting !== undefined) {
        const { value } = waiting;
        waiting = undefined;
        await send(value);
      }
    } finally {
      waiting = undefined;
      running = undefined;
    }
  };
  return {
    save(value) {
      waiting = { value };
      running ??= run();
      return running;
    },
    settled: () => running ?? Promise.resolve(),
  };
}
