import { createId } from '@souk/protocol/ids';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOnAir } from './on-air.ts';
import type { StreamAnnouncer } from './stream-announcer.ts';

const showId = createId('show');

function setUp() {
  const told: unknown[][] = [];
  const announcer: StreamAnnouncer = {
    started: (_show, streamId, kinds, source) =>
      told.push(['started', streamId, kinds, ...(source === 'page' ? [] : [source])]),
    clockCorrected: (_show, streamId, offsetMs) => told.push(['clock', streamId, offsetMs]),
    stopped: (_show, streamId, reason) => told.push(['stopped', streamId, reason]),
    settled: async () => undefined,
  };
  return { told, onAir: createOnAir({ announcer, clock: { now: () => 1_000 } }) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a stream', () => {
  it('is told with both tracks as soon as they are there', () => {
    const { told, onAir } = setUp();
    const { streamId, addTrack } = onAir.begin(showId, 'host');
    addTrack('video');
    expect(onAir.findReady(showId)).toBeUndefined();
    addTrack('audio');
    expect(told).toEqual([['started', streamId, ['video', 'audio']]]);
    expect(onAir.findReady(showId)).toBe(streamId);
    vi.advanceTimersByTime(5_000);
    expect(told).toHaveLength(1);
  });

  it('is told with one track after a second', () => {
    const { told, onAir } = setUp();
    const { streamId, addTrack } = onAir.begin(showId, 'host');
    addTrack('audio');
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual([['started', streamId, ['audio']]]);
  });

  it('that ends before it was told is never told', () => {
    const { told, onAir } = setUp();
    const stream = onAir.begin(showId, 'host');
    stream.addTrack('audio');
    stream.ending.end('never-connected');
    vi.advanceTimersByTime(5_000);
    expect(told).toEqual([]);
  });

  it('without any track ends after a while, and lets others publish', () => {
    const { told, onAir } = setUp();
    const stream = onAir.begin(showId, 'host');
    vi.advanceTimersByTime(20_000);
    expect(stream.ending.reason).toBe('never-connected');
    onAir.begin(showId, 'somebody else');
    expect(told).toEqual([]);
  });

  it('ends once, in the words of the timeline', () => {
    const { told, onAir } = setUp();
    const stream = onAir.begin(showId, 'host');
    stream.addTrack('audio');
    stream.addTrack('video');
    stream.ending.end('worker-died');
    stream.ending.end('left');
    expect(told.at(-1)).toEqual(['stopped', stream.streamId, 'connection-lost']);
    expect(told).toHaveLength(2);
    expect(onAir.findReady(showId)).toBeUndefined();
  });
});

describe('the clock of a stream', () => {
  it('is corrected where that makes a difference', () => {
    const { told, onAir } = setUp();
    const stream = onAir.begin(showId, 'host', { clockOffsetMs: -38 });
    stream.correctClock(-30);
    stream.addTrack('audio');
    stream.addTrack('video');
    stream.correctClock(-28);
    stream.correctClock(0);
    expect(told.slice(1)).toEqual([['clock', stream.streamId, 0]]);
    expect(stream.clockOffsetMs).toBe(0);
    stream.ending.end('left');
    stream.correctClock(50);
    expect(told).toHaveLength(3);
  });

  it('is not told as often as somebody likes', () => {
    const { told, onAir } = setUp();
    const stream = onAir.begin(showId, 'host');
    stream.addTrack('audio');
    stream.addTrack('video');
    const correct = (): void => {
      for (let offsetMs = 0; offsetMs < 1_000; offsetMs += 10) stream.correctClock(offsetMs);
    };
    expect(correct).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    expect(told).toHaveLength(9);
    expect(stream.clockOffsetMs).toBe(70);
  });
});

describe('a show', () => {
  it('has one publisher at a time', () => {
    const { onAir } = setUp();
    const stream = onAir.begin(showId, 'host');
    expect(() => onAir.begin(showId, 'somebody else')).toThrow(
      expect.objectContaining({ code: 'ALREADY_PUBLISHING' }),
    );
    stream.ending.end('left');
    expect(onAir.begin(showId, 'somebody else').publisherId).toBe('somebody else');
  });

  it('goes to the newer page of the same person', () => {
    const { onAir } = setUp();
    const older = onAir.begin(showId, 'host');
    const newer = onAir.begin(showId, 'host');
    expect(older.ending.reason).toBe('replaced');
    expect(newer.ending.reason).toBeNull();
  });

  it('stays with the newer page when the older one comes back by itself', () => {
    const { onAir } = setUp();
    const older = onAir.begin(showId, 'host');
    const newer = onAir.begin(showId, 'host');
    const resume = () => onAir.begin(showId, 'host', { resumes: older.streamId });
    expect(resume).toThrow(expect.objectContaining({ code: 'ALREADY_PUBLISHING' }));
    expect(onAir.begin(showId, 'host', { resumes: newer.streamId }).streamId).not.toBe(newer.streamId);
  });
});
