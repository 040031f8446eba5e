import { createId } from '@souk/protocol/ids';
import { createEntry, type Entry } from '@souk/protocol/timeline/entries';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStepQueue, MAX_WAIT_MS, type StepQueue } from './in-step.ts';

const START = 1_000_000;

function pinnedAt(at: number): Entry {
  return { ...createEntry('product:pinned', at, { productId: createId('product') }), id: `${at}-0` } as Entry;
}

describe('entries in step with the picture', () => {
  let due: number[];
  let queue: StepQueue;

  beforeEach(() => {
    vi.useFakeTimers({ now: START });
    due = [];
    queue = createStepQueue({
      now: () => Date.now(),
      onDue: (entries) => due.push(...entries.map(({ at }) => at)),
    });
  });
  afterEach(() => vi.useRealTimers());

  /** Frames of this delay, thirty a second, for so long. */
  function play(forMs: number, delayMs: number): void {
    const until = Date.now() + forMs;
    while (Date.now() < until) {
      vi.advanceTimersByTime(33);
      queue.frame(Date.now() - delayMs);
    }
  }

  it('wait until the picture of their instant is on screen', () => {
    play(100, 400);
    const at = Date.now();
    queue.push([pinnedAt(at)]);
    play(380, 400);
    expect(due).toEqual([]);
    play(60, 400);
    expect(due).toEqual([at]);
  });

  it('come by so much sooner as the page takes to show them', () => {
    queue = createStepQueue({
      now: () => Date.now(),
      drawLagMs: () => 50,
      onDue: (entries) => due.push(...entries.map(({ at }) => at)),
    });
    play(100, 400);
    const at = Date.now();
    queue.push([pinnedAt(at)]);
    play(320, 400);
    expect(due).toEqual([]);
    play(60, 400);
    expect(due).toEqual([at]);
  });

  it('are due at once when they come late, and where no picture tells the time', () => {
    queue.push([pinnedAt(START + 50)]);
    play(100, 400);
    queue.push([pinnedAt(Date.now() - 500)]);
    expect(due).toHaveLength(2);
  });

  it('keep their order: none overtakes one that waits', () => {
    play(100, 400);
    const now = Date.now();
    queue.push([pinnedAt(now), pinnedAt(now - 5_000)]);
    expect(due).toEqual([]);
    play(440, 400);
    expect(due).toEqual([now, now - 5_000]);
  });

  it('go by the last known delay when no frame comes any more', () => {
    play(100, 4_000);
    const at = Date.now();
    queue.push([pinnedAt(at)]);
    vi.advanceTimersByTime(3_800);
    expect(due).toEqual([]);
    vi.advanceTimersByTime(400);
    expect(due).toEqual([at]);
  });

  it('wait no longer than the bound, however far behind the picture is', () => {
    play(100, 50_000);
    const at = Date.now();
    queue.push([pinnedAt(at)]);
    play(MAX_WAIT_MS - 200, 50_000);
    expect(due).toEqual([]);
    play(400, 50_000);
    expect(due).toEqual([at]);
  });

  it('do not believe a clock that is far off', () => {
    play(100, -5_000);
    play(100, 3_600_000);
    queue.push([pinnedAt(Date.now())]);
    expect(due).toHaveLength(1);
  });

  it('ask for each frame only while they wait', () => {
    const paces: boolean[] = [];
    const stop = queue.onPace((isClose) => paces.push(isClose));
    play(100, 400);
    queue.push([pinnedAt(Date.now())]);
    queue.push([pinnedAt(Date.now())]);
    play(500, 400);
    expect(paces).toEqual([false, true, false]);
    stop();
    queue.push([pinnedAt(Date.now())]);
    queue.clear();
    expect(paces).toHaveLength(3);
  });

  it('know about where the picture is when it was seen last some time ago', () => {
    queue.frame(Date.now() - 400);
    vi.advanceTimersByTime(150);
    const late = Date.now() - 500;
    queue.push([pinnedAt(late)]);
    expect(due).toEqual([late]);
    queue.push([pinnedAt(Date.now() - 390)]);
    expect(due).toEqual([late]);
    vi.advanceTimersByTime(40);
    expect(due).toHaveLength(2);
  });

  it('count from when the frame came on screen, however late the page was told', () => {
    queue.frame(Date.now() - 150, 100);
    queue.push([pinnedAt(Date.now())]);
    vi.advanceTimersByTime(50);
    expect(due).toEqual([]);
    vi.advanceTimersByTime(40);
    expect(due).toHaveLength(1);
  });

  it('come out together when the picture is lost', () => {
    play(100, 400);
    queue.push([pinnedAt(Date.now()), pinnedAt(Date.now() + 10)]);
    queue.lost();
    expect(due).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(0);
  });
});
