import type { types } from 'mediasoup';

/** What is counted over all rooms. */
interface Counted {
  readonly transports: types.WebRtcTransport | types.PlainTransport;
  readonly producers: types.Producer;
  readonly consumers: types.Consumer;
  /** Tracks that a branch gets from its home. */
  readonly pipes: types.Producer;
  readonly branches: types.Router;
}

export interface Census {
  /** Counts a thing from now until it closes, and hands it back. */
  track<What extends keyof Counted, Thing extends Counted[What]>(what: What, thing: Thing): Thing;
  /** Those that live. */
  list<What extends keyof Counted>(what: What): ReadonlySet<Counted[What]>;
}

/** Knows the living transports, tracks and branches. */
export function createCensus(): Census {
  const living: { readonly [What in keyof Counted]: Set<Counted[What]> } = {
    transports: new Set(),
    producers: new Set(),
    consumers: new Set(),
    pipes: new Set(),
    branches: new Set(),
  };
  return {
    track<What extends keyof Counted, Thing extends Counted[What]>(what: What, thing: Thing): Thing {
      const known: Set<Counted[What]> = living[what];
      known.add(thing);
      const observer: { once(event: 'close', listener: () => void): unknown } = thing.observer;
      observer.once('close', () => known.delete(thing));
      return thing;
    },
    list: (what) => living[what],
  };
}
