import type { TrackFeed } from './rtp/track-feed.ts';

/** When things of one stream were captured, on this machine's clock, the same for all of its tracks. */
export interface StreamTime {
  /** True when nothing better is to be expected. */
  isSettled(feeds: readonly TrackFeed[], waitedMs: number): boolean;
  /** Unix milliseconds of moment 0 of a track; all its other moments follow by its clock rate. */
  originOf(feed: TrackFeed): number;
  /** Chooses where the times come from, at the beginning of each run. */
  settle(feeds: readonly TrackFeed[]): void;
}

/** Publishers that say when they captured do so each second. */
const CAPTURE_PATIENCE_MS = 1_300;
const ARRIVAL_PATIENCE_MS = 150;
/** What encoding and the way here take at least, where only the arrival is known. */
const USUAL_DELAY_MS = 50;
/** Delays that a publisher with a right clock may have. */
const CREDIBLE_DELAY = { leastMs: -30, mostMs: 1_000 } as const;

/**
 * Chooses how the times of a stream are found. Capture times are right for picture and sound alike, so both have to
 * have them; else both go by their arrival, which keeps them together as well as the publisher sends them together.
 * A publisher whose clock is wrong is corrected by what packets usually take: so no time is far from its arrival, and
 * a run never waits for the end of the one before it for long.
 */
export function createStreamTime(): StreamTime {
  let byCapture = false;
  let shiftMs = 0;
  return {
    isSettled(feeds, waitedMs) {
      if (feeds.every((feed) => feed.clock.knowsCapture)) return true;
      const mayCome = feeds.every((feed) => feed.mayTellCapture);
      return waitedMs >= (mayCome ? CAPTURE_PATIENCE_MS : ARRIVAL_PATIENCE_MS);
    },
    settle(feeds) {
      byCapture = feeds.every((feed) => feed.clock.knowsCapture);
      shiftMs = byCapture ? findShift(feeds) : -USUAL_DELAY_MS;
    },
    originOf(feed) {
      const origin = byCapture ? feed.clock.captureMs(0) : feed.clock.arrivalMs(0);
      return (origin ?? 0) + shiftMs;
    },
  };
}

function findShift(feeds: readonly TrackFeed[]): number {
  const delayMs = Math.min(...feeds.map((feed) => feed.clock.delayMs ?? 0));
  const isCredible = delayMs >= CREDIBLE_DELAY.leastMs && delayMs <= CREDIBLE_DELAY.mostMs;
  return isCredible ? 0 : delayMs - USUAL_DELAY_MS;
}
