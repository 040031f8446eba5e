/** What is counted over all rooms; a bare number each, so that asking costs nothing. */
export type Counted = 'transports' | 'producers' | 'consumers';

interface Closable {
  readonly observer: { once(event: 'close', listener: () => void): unknown };
}

export interface Census {
  /** Counts a thing from now until it closes, and hands it back. */
  track<Thing extends Closable>(what: Counted, thing: Thing): Thing;
  count(what: Counted): number;
}

/** Counts living transports, producers and consumers. */
export function createCensus(): Census {
  const counts: Record<Counted, number> = { transports: 0, producers: 0, consumers: 0 };
  return {
    track(what, thing) {
      counts[what] += 1;
      thing.observer.once('close', () => {
        counts[what] -= 1;
      });
      return thing;
    },
    count: (what) => counts[what],
  };
}
