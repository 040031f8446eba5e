import type { RtpParameters } from 'mediasoup-client/types';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NTP_TO_UNIX_MS } from './capture-time.ts';
import { canKeepLipSync, keepLipSync } from './keep-lip-sync.ts';

const NOW_MS = 1_800_000_000_000;
const PLAYOUT_MS = 30;
const captureTime = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time';

/** A receiver whose newest packet was captured so long ago. */
function receiver(ageMs: number): RTCRtpReceiver {
  const source = { timestamp: NOW_MS, captureTimestamp: NOW_MS - ageMs + NTP_TO_UNIX_MS, rtpTimestamp: 0 };
  return { jitterBufferTarget: null, getSynchronizationSources: () => [source] } as never;
}

/** Counters as browsers keep them: sums over all that has left the buffers. */
function counters(second: number): unknown[] {
  const track = (kind: string, perSecond: number, waitMs: number) => ({
    type: 'inbound-rtp',
    kind,
    jitterBufferEmittedCount: perSecond * second,
    jitterBufferTargetDelay: (perSecond * second * waitMs) / 1_000,
    jitterBufferMinimumDelay: (perSecond * second * waitMs) / 1_000,
  });
  const samples = 48_000 * second;
  const playout = { totalPlayoutDelay: (samples * PLAYOUT_MS) / 1_000, totalSamplesCount: samples };
  return [
    { type: 'inbound-rtp', kind: 'video' },
    track('video', 30, 11),
    track('audio', 48_000, 40),
    { type: 'media-playout', ...playout },
  ];
}

async function watch(pictureAgeMs: number, soundAgeMs: number, wishedMs: number | null = null) {
  const [picture, sound] = [receiver(pictureAgeMs), receiver(soundAgeMs)];
  sound.jitterBufferTarget = wishedMs;
  let second = 0;
  const readStats = async () => {
    second += 1;
    return counters(second);
  };
  const keeper = keepLipSync({ picture, sound, readStats });
  const frame = { rtpTimestamp: 0, presentationTime: NOW_MS - performance.timeOrigin } as never;
  for (let look = 0; look < 3; look += 1) {
    keeper.noteShown(frame);
    await vi.advanceTimersByTimeAsync(1_000);
  }
  keeper.stop();
  return { pictureMs: picture.jitterBufferTarget, soundMs: sound.jitterBufferTarget };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a page that keeps sound and picture together', () => {
  it('asks nothing of buffers that are near enough', async () => {
    expect(await watch(40, 50)).toEqual({ pictureMs: null, soundMs: null });
  });

  it('counts the way to the loudspeaker, and lets the picture wait for the rest', async () => {
    // The sound is heard 100 + 30 ms after it was made: 90 ms after the picture, of which 50 may be.
    expect(await watch(40, 100)).toEqual({ pictureMs: 11 + 40, soundMs: null });
  });

  it('leaves alone what somebody else asks for', async () => {
    expect(await watch(40, 200, 1_000)).toEqual({ pictureMs: null, soundMs: 1_000 });
  });

  it('lets the sound wait for a late picture', async () => {
    expect(await watch(200, 50)).toEqual({ pictureMs: null, soundMs: 40 + 100 });
  });
});

describe('whether a page keeps them together by itself', () => {
  const track = (...uris: string[]): RtpParameters =>
    ({ codecs: [], headerExtensions: uris.map((uri, id) => ({ uri, id })) }) as never;
  const timed = track(captureTime);

  it('is so where the browser can, and both tracks tell when they were captured', () => {
    vi.stubGlobal('navigator', { userAgentData: {} });
    vi.stubGlobal('RTCRtpReceiver', { prototype: { jitterBufferTarget: null } });
    expect(canKeepLipSync([timed, timed])).toBe(true);
    expect(canKeepLipSync([timed, track()])).toBe(false);
    expect(canKeepLipSync([timed])).toBe(false);
  });

  it('is not so in other browsers', () => {
    vi.stubGlobal('navigator', {});
    expect(canKeepLipSync([timed, timed])).toBe(false);
    vi.stubGlobal('navigator', { userAgentData: {} });
    vi.stubGlobal('RTCRtpReceiver', { prototype: {} });
    expect(canKeepLipSync([timed, timed])).toBe(false);
  });
});
