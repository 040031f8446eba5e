import type { TrackFeed } from './rtp/track-feed.ts';

/** When things of one stream were captured, on this machine's clock, the same for all of its tracks. */
export interface StreamTime {
  /** True when nothing better is to be expected. */
  isSettled(feeds: readonly TrackFeed[], waitedMs: number): boolean;
  /** Unix milliseconds of moment 0 of a track; all its other moments follow by its clock rate. */
  originOf(feed: TrackFeed): number;
  /**
   * Chooses where the times come from, at the beginning of each run. `clockOffsetMs` is this machine's clock minus that
   * of the capture times, as the publisher has measured it.
   */
  settle(feeds: readonly TrackFeed[], clockOffsetMs: number | null): void;
  /** True when the publisher's clock turned out to be so far from what the run went by that it is seen. */
  isOutdated(clockOffsetMs: number | null): boolean;
}

/** Publishers that say when they captured do so each second. */
const CAPTURE_PATIENCE_MS = 1_300;
const ARRIVAL_PATIENCE_MS = 150;
/** What encoding and the way here take at least, where only the arrival is known. */
const USUAL_DELAY_MS = 50;
/** Delays that a publisher with a right clock may have. */
const CREDIBLE_DELAY = { leastMs: -30, mostMs: 1_000 } as const;
/** Less is not worth a new run. */
const CLOCK_TOLERANCE_MS = 25;

/**
 * Chooses how the times of a stream are found. Capture times are right for picture and sound alike, so both have to
 * have them; else both go by their arrival, which keeps them together as well as the publisher sends them together.
 * A publisher whose clock is wrong is corrected by what it has measured, or else by what packets usually take: so no time
 * is far from its arrival, and a run never waits for the end of the one before it for long.
 */
export function createStreamTime(): StreamTime {
  let byCapture = false;
  let shiftMs = 0;
  let settledBy = 0;
  return {
    isSettled(feeds, waitedMs) {
      if (feeds.every((feed) => feed.clock.knowsCapture)) return true;
      const mayCome = feeds.every((feed) => feed.mayTellCapture);
      return waitedMs >= (mayCome ? CAPTURE_PATIENCE_MS : ARRIVAL_PATIENCE_MS);
    },
    settle(feeds, clockOffsetMs) {
      byCapture = feeds.every((feed) => feed.clock.knowsCapture);
      shiftMs = byCapture ? findShift(feeds, clockOffsetMs) : -USUAL_DELAY_MS;
      settledBy = clockOffsetMs ?? 0;
    },
    isOutdated: (clockOffsetMs) =>
      byCapture && Math.abs((clockOffsetMs ?? 0) - settledBy) > CLOCK_TOLERANCE_MS,
    originOf(feed) {
      const origin = byCapture ? feed.clock.captureMs(0) : feed.clock.arrivalMs(0);
      return (origin ?? 0) + shiftMs;
    },
  };
}

function findShift(feeds: readonly TrackFeed[], clockOffsetMs: number | null): number {
  const delayMs = Math.min(...feeds.map((feed) => feed.clock.delayMs ?? 0));
  const told = [clockOffsetMs ?? 0, 0].find((offsetMs) => isCredible(delayMs - offsetMs));
  return told ?? delayMs - USUAL_DELAY_MS;
}

function isCredible(delayMs: number): boolean {
  return delayMs >= CREDIBLE_DELAY.leastMs && delayMs <= CREDIBLE_DELAY.mostMs;
}
