/** A measured view of the server's wall clock. */
export interface ServerClock {
  /** Server wall clock, Unix milliseconds; the own clock until something was measured. */
  now(): number;
  /** Takes in one round trip: own clock at sending and receiving, server clock in between. */
  observe(sample: { sentAt: number; receivedAt: number; serverTime: number }): void;
  /** Takes in a one-way stamp: used only until a round trip was measured. */
  hint(serverTime: number, receivedAt: number): void;
}

/** Samples older than this give way even to slower ones: clocks drift. */
const SAMPLE_LIFE_MS = 5 * 60_000;

/** Keeps the offset of the quickest recent round trip, whose error is at most half of it. */
export function createServerClock(ownNow: () => number = Date.now): ServerClock {
  let best: { offsetMs: number; roundTripMs: number; at: number } | undefined;
  let hintedOffsetMs = 0;
  return {
    now: () => ownNow() + (best?.offsetMs ?? hintedOffsetMs),
    observe({ sentAt, receivedAt, serverTime }) {
      const roundTripMs = receivedAt - sentAt;
      const stale = best === undefined || receivedAt - best.at > SAMPLE_LIFE_MS;
      if (!stale && best !== undefined && roundTripMs > best.roundTripMs) return;
      best = { offsetMs: serverTime - (sentAt + receivedAt) / 2, roundTripMs, at: receivedAt };
    },
    hint(serverTime, receivedAt) {
      hintedOffsetMs = serverTime - receivedAt;
    },
  };
}
