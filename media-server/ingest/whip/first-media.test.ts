import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEnding } from '../../sfu/ending.ts';
import type { LinkEndReason } from '../../sfu/sfu-backend.ts';
import { onFirstMedia } from './first-media.ts';

function setUp() {
  const ending = createEnding<LinkEndReason>();
  const track = {
    kind: 'video',
    mimeType: 'video/H264',
    packetsLost: 0,
    lossRatio: 0,
    jitterMs: 0,
    roundTripMs: null,
    score: 10,
  } as const;
  const arriving = { bitrateBps: 0 };
  const listener = vi.fn();
  onFirstMedia(
    {
      figures: async () => [{ ...track, ...arriving }],
      onEnd: ending.onEnd,
    },
    listener,
  );
  return { ending, arriving, listener };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the first media of a link', () => {
  it('are told once', async () => {
    const { arriving, listener } = setUp();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(listener).not.toHaveBeenCalled();
    arriving.bitrateBps = 600_000;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(listener).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are not waited for once the link has ended', async () => {
    const { ending, arriving, listener } = setUp();
    ending.end('never-connected');
    arriving.bitrateBps = 600_000;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(listener).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
