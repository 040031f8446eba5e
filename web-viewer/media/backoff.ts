/** Bounds of the waits between attempts, in milliseconds. */
export interface BackoffBounds {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Twice as long each time up to a bound, so that a server that comes back is found soon and not stormed. */
export const joinBackoff: BackoffBounds = { firstMs: 300, longestMs: 5_000 };

/**
 * The wait before attempt `attempt` (0 is the first repeat): random in the upper half of the doubled span,
 * so that thousands of pages that lost the same server do not come back at the same moment.
 */
export function backoffMs(attempt: number, bounds: BackoffBounds, random: () => number): number {
  const spanMs = Math.min(bounds.longestMs, bounds.firstMs * 2 ** attempt);
  return Math.round(spanMs / 2 + (spanMs / 2) * random());
}
