/** A measured view of the server's wall clock. */
export interface ServerClock {
  /** Server wall clock, Unix milliseconds; the own clock until something was measured. */
  now(): number;
  /** Server clock minus the own one, milliseconds; undefined until a round trip was measured. */
  offsetMs(): number | undefined;
  /** Takes in one round trip: own clock at sending and receiving, server clock in between. */
  observe(sample: { sentAt: number; receivedAt: number; serverTime: number }): void;
  /** Takes in a one-way stamp: used only until a round trip was measured. */
  hint(serverTime: number, receivedAt: number): void;
}

/** Samples older than this give way even to slower ones: clocks drift. */
const SAMPLE_LIFE_MS = 5 * 60_000;
/** Both clocks count whole milliseconds, and drift a little between two samples. */
const TOLERANCE_MS = 20;

/** Keeps the offset of the quickest recent round trip, whose error is at most half of it. */
export function createServerClock(ownNow: () => number = Date.now): ServerClock {
  let best: { offsetMs: number; roundTripMs: number; at: number } | undefined;
  let hintedOffsetMs = 0;
  return {
    now: () => ownNow() + (best?.offsetMs ?? hintedOffsetMs),
    offsetMs: () => best?.offsetMs,
    observe({ sentAt, receivedAt, serverTime }) {
      const roundTripMs = receivedAt - sentAt;
      const offsetMs = serverTime - (sentAt + receivedAt) / 2;
      if (best !== undefined && roundTripMs > best.roundTripMs) {
        const isStale = Math.abs(receivedAt - best.at) > SAMPLE_LIFE_MS;
        // Two true samples differ by half of their round trips at most: otherwise one of the clocks was set.
        const apartMs = Math.abs(offsetMs - best.offsetMs);
        const hasJumped = apartMs > (roundTripMs + best.roundTripMs) / 2 + TOLERANCE_MS;
        if (!isStale && !hasJumped) return;
      }
      best = { offsetMs, roundTripMs, at: receivedAt };
    },
    hint(serverTime, receivedAt) {
      hintedOffsetMs = serverTime - receivedAt;
    },
  };
}
