import { createId } from '@souk/protocol/ids';
import { createLogger } from '@souk/runtime/logger';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEnding } from '../sfu/ending.ts';
import type { LinkEndReason, SfuBackend, SfuRoom, TapLink } from '../sfu/sfu-backend.ts';
import { createOnAir } from './on-air.ts';
import { createTaps } from './taps.ts';

beforeEach(() => void vi.useFakeTimers({ now: 10_300 }));
afterEach(() => void vi.useRealTimers());

async function openTap(keyFrameEveryMs?: number) {
  const ending = createEnding<LinkEndReason>();
  const asked: number[] = [];
  const link: TapLink = {
    track: {
      kind: 'video',
      mimeType: 'video/H264',
      payloadType: 102,
      clockRate: 90_000,
      channels: null,
      parameters: {},
      ssrc: 1,
      absCaptureTimeId: null,
    },
    requestKeyFrame: async () => void asked.push(Date.now()),
    get endReason() {
      return ending.reason;
    },
    onEnd: ending.onEnd,
    end: (reason) => void ending.end(reason),
  };
  const room: Pick<SfuRoom, 'tap'> = { tap: async () => link };
  const sfu: Pick<SfuBackend, 'openRoom'> = { openRoom: async () => room as SfuRoom };
  const clock = { now: () => Date.now() };
  const onAir = createOnAir({
    announcer: {
      started: () => undefined,
      stopped: () => undefined,
      clockCorrected: () => undefined,
      settled: async () => undefined,
    },
    clock,
  });
  const logger = createLogger({ name: 'test', level: 'silent' });
  const taps = createTaps({ sfu: sfu as SfuBackend, onAir, clock, logger });
  const { streamId } = onAir.begin(createId('show'), 'host');
  const request = { kind: 'video', ip: '127.0.0.1', port: 5_000 } as const;
  const tap = await taps.open(streamId, {
    ...request,
    ...(keyFrameEveryMs === undefined ? {} : { keyFrameEveryMs }),
  });
  return { taps, tap, link, asked };
}

describe('a tap', () => {
  it('ends five seconds after it was last kept', async () => {
    const { taps, tap, link } = await openTap();
    vi.advanceTimersByTime(4_900);
    taps.keep(tap.id);
    vi.advanceTimersByTime(4_900);
    expect(link.endReason).toBeNull();
    vi.advanceTimersByTime(200);
    expect(link.endReason).toBe('connection-lost');
    expect(() => taps.keep(tap.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });

  it('asks for key frames at full seconds, as the taps of the other layers do, until it ends', async () => {
    const { taps, tap, asked } = await openTap(1_000);
    vi.advanceTimersByTime(3_000);
    expect(asked).toEqual([11_000, 12_000, 13_000]);
    taps.close(tap.id);
    vi.advanceTimersByTime(10_000);
    expect(asked).toHaveLength(3);
    expect(vi.getTimerCount()).toBe(1);
  });
});
