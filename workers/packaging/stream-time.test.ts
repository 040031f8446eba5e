import { describe, expect, it } from 'vitest';
import { createTrackFeed, type TrackFeed } from './rtp/track-feed.ts';
import { createStreamTime } from './stream-time.ts';

const now = 1_800_000_000_000;
const NEXT_SECOND = 90_000;

/** A track whose packets have come each second for ten seconds, and say that they were captured `aheadMs` later. */
function createFeed(aheadMs: number): { feed: TrackFeed; goOn(aheadMs: number): void } {
  const clock = { now: () => now };
  const feed = createTrackFeed({ codec: 'H264', clockRate: 90_000, absCaptureTimeId: 1, clock });
  let second = 0;
  const goOn = (nextAheadMs: number): void => {
    for (let count = 0; count < 10; count += 1) {
      const at = now + second * 1_000;
      feed.clock.noteArrival(second * NEXT_SECOND, at);
      feed.clock.noteCapture(second * NEXT_SECOND, at - 40 + nextAheadMs, at);
      second += 1;
    }
  };
  goOn(aheadMs);
  return { feed, goOn };
}

describe('the time of a stream', () => {
  it('is that of the capture where the publisher tells it', () => {
    const { feed } = createFeed(0);
    const time = createStreamTime();
    time.settle([feed], null);
    expect(time.originOf(feed)).toBeCloseTo(now - 40, 0);
  });

  it.each([300, -300, 60_000, -60_000])(
    'is that of the capture by a clock that is %i ms off, and known to be',
    (offMs) => {
      const { feed } = createFeed(offMs);
      const time = createStreamTime();
      time.settle([feed], -offMs);
      expect(time.originOf(feed)).toBeCloseTo(now - 40, 0);
    },
  );

  it('does not go by a clock that cannot be as it was told', () => {
    const { feed } = createFeed(0);
    const time = createStreamTime();
    time.settle([feed], 5_000);
    expect(time.originOf(feed)).toBeCloseTo(now - 40, 0);
  });

  it('is outdated once the clock is known to be visibly wrong', () => {
    const { feed } = createFeed(-200);
    const time = createStreamTime();
    time.settle([feed], null);
    expect([10, -200, 200].map(time.isOutdated)).toEqual([false, true, true]);
    time.settle([feed], 200);
    expect(time.isOutdated(210)).toBe(false);
  });

  it.each([60_000, -60_000])('is near the arrival when the publisher’s clock is %i ms off', (offMs) => {
    const { feed } = createFeed(offMs);
    const time = createStreamTime();
    time.settle([feed], null);
    expect(Math.abs(time.originOf(feed) - now)).toBeLessThan(100);
  });

  it('does not go back for the next run when the publisher sets its clock', () => {
    const { feed, goOn } = createFeed(60_000);
    const time = createStreamTime();
    time.settle([feed], null);
    goOn(0);
    time.settle([feed], null);
    expect(Math.abs(time.originOf(feed) - now)).toBeLessThan(100);
  });
});
