import { describe, expect, it } from 'vitest';
import { createTrackFeed } from './track-feed.ts';

const time = { now: 1_800_000_000_000 };
const clock = { now: () => time.now };

function packet(sequence: number, timestamp: number, payload: readonly number[]): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt8(0x80, 0);
  header.writeUInt8(102, 1);
  header.writeUInt16BE(sequence & 0xffff, 2);
  header.writeUInt32BE(timestamp >>> 0, 4);
  return Buffer.concat([header, Buffer.from(payload)]);
}

const delta = [0x61, 1, 2];
/** SPS and PPS in one packet (STAP-A), as pages send them before each key frame. */
const sets = [0x18, 0, 2, 0x67, 0x42, 0, 2, 0x68, 0xce];
const idr = [0x65, 1, 2];

function feedOf(codec: 'H264' | 'VP8') {
  const feed = createTrackFeed({ codec, clockRate: 90_000, absCaptureTimeId: null, clock });
  const seen: number[] = [];
  feed.onPacket(({ sequence }) => seen.push(sequence));
  return { feed, seen };
}

describe('a track', () => {
  it('passes packets in order, each once', () => {
    const { feed, seen } = feedOf('H264');
    for (const sequence of [65_534, 0, 65_535, 0, 1, 65_535]) feed.receive(packet(sequence, 0, delta));
    expect(seen).toEqual([65_534, 65_535, 0, 1]);
  });

  it('waits a moment for what is missing, and then goes on without', () => {
    const { feed, seen } = feedOf('H264');
    feed.receive(packet(1, 0, delta));
    feed.receive(packet(3, 0, delta));
    expect(seen).toEqual([1]);
    time.now += 300;
    feed.receive(packet(4, 0, delta));
    expect(seen).toEqual([1, 3, 4]);
  });

  it('counts on when timestamps wrap', () => {
    const { feed } = feedOf('H264');
    feed.receive(packet(1, 2 ** 32 - 90, delta));
    feed.receive(packet(2, 0, delta));
    feed.receive(packet(3, 90, delta));
    expect(feed.recent().map(({ ticks }) => ticks - 2 ** 32)).toEqual([-90, 0, 90]);
  });

  it('knows where a key frame of H264 begins, and what a decoder needs for it', () => {
    const { feed } = feedOf('H264');
    feed.receive(packet(1, 0, delta));
    feed.receive(packet(2, 3_000, sets));
    feed.receive(packet(3, 3_000, idr));
    feed.receive(packet(4, 6_000, delta));
    expect(feed.recent().map(({ beginsKeyFrame }) => beginsKeyFrame)).toEqual([false, true, false, false]);
    expect(feed.recent().map(({ format }) => format)).toEqual(['', 'Z0I=,aM4=', 'Z0I=,aM4=', 'Z0I=,aM4=']);
  });

  it('knows a key frame of VP8 and its shape', () => {
    const { feed } = feedOf('VP8');
    const [width, height] = [640, 360];
    const key = [0x10, 0x00, 0, 0, 0x9d, 0x01, 0x2a, width & 0xff, width >> 8, height & 0xff, height >> 8];
    feed.receive(packet(1, 0, [0x10, 0x01, 0, 0]));
    feed.receive(packet(2, 3_000, key));
    expect(feed.recent().map(({ beginsKeyFrame, format }) => [beginsKeyFrame, format])).toEqual([
      [false, ''],
      [true, '1.8'],
    ]);
  });

  it('passes by what is no RTP', () => {
    const { feed, seen } = feedOf('H264');
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('hello'),
      Buffer.alloc(20),
      Buffer.from([0x80, 200, 0, 6]),
    ])
      feed.receive(bytes);
    expect(seen).toEqual([]);
  });
});
