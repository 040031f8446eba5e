import type { Clock } from '@souk/runtime/clock';
import { type CaptureClock, createCaptureClock } from '../capture-clock.ts';
import { h264Shape } from './h264-shape.ts';
import { type ReadKeyFrameHint, readH264, readSound, readVp8 } from './key-frames.ts';
import { createReorder } from './reorder.ts';
import { findCaptureTime, parseRtp, type RtpPacket } from './rtp-packet.ts';

export type TrackCodec = 'H264' | 'VP8' | 'opus';

/** A packet of a track, in order. */
export interface FeedPacket extends RtpPacket {
  /** The timestamp, counted on without wrapping. */
  readonly ticks: number;
  /** True for the first packet of a frame that can be begun with. */
  readonly beginsKeyFrame: boolean;
  /**
   * What a decoder has to know from here on; empty while unknown. H264: `sprop-parameter-sets`. VP8: width by height,
   * roughly, since only a turned camera matters to whoever encodes it anew.
   */
  readonly format: string;
}

/** One track as it arrives: packets in order, the last seconds of them, and when they were captured. */
export interface TrackFeed {
  readonly codec: TrackCodec;
  readonly clockRate: number;
  /** False when packets certainly do not say when they were captured. */
  readonly mayTellCapture: boolean;
  readonly clock: CaptureClock;
  /** What of the newest picture decides how it is decoded, its size among it; empty while unknown and for all but H264. */
  readonly shape: string;
  /** When the last packet came, Unix milliseconds; 0 before the first. */
  readonly lastArrivalMs: number;
  /** Takes what a socket received. */
  receive(bytes: Buffer): void;
  /** Packets of the last seconds, oldest first. */
  recent(): readonly FeedPacket[];
  /** Calls the listener with each packet to come. Returns the way to stop. */
  onPacket(listener: (packet: FeedPacket) => void): () => void;
}

export interface TrackFeedOptions {
  readonly codec: TrackCodec;
  readonly clockRate: number;
  readonly absCaptureTimeId: number | null;
  readonly clock: Clock;
}

/** Kept for an ffmpeg that begins where the one before it ended; on a busy machine it takes seconds to start. */
const KEEP_MS = 12_000;
const KEEP_BYTES = 16 * 1_024 * 1_024;

const readers: Readonly<Record<TrackCodec, ReadKeyFrameHint>> = {
  H264: readH264,
  VP8: readVp8,
  opus: readSound,
};

/** Orders and understands the packets of one track. */
export function createTrackFeed(options: TrackFeedOptions): TrackFeed {
  const { codec, clockRate, absCaptureTimeId, clock } = options;
  const captureClock = createCaptureClock(clockRate);
  const listeners = new Set<(packet: FeedPacket) => void>();
  const kept: FeedPacket[] = [];
  let keptBytes = 0;
  let lastTicks: number | undefined;
  let keyFrameAt: number | undefined;
  let lastArrivalMs = 0;
  let format = '';
  let shape = '';
  const sets = { sps: '', pps: '' };

  const toTicks = (timestamp: number): number => {
    // Difference of 32 bits, for timestamps wrap each 13 hours of video.
    if (lastTicks === undefined) return timestamp;
    return lastTicks + ((timestamp - (lastTicks % 2 ** 32)) | 0);
  };
  const keep = (packet: FeedPacket): void => {
    kept.push(packet);
    keptBytes += packet.bytes.length;
    let drop = 0;
    const oldest = packet.ticks - (KEEP_MS / 1_000) * clockRate;
    for (const old of kept) {
      if (old.ticks >= oldest && keptBytes <= KEEP_BYTES) break;
      keptBytes -= old.bytes.length;
      drop += 1;
    }
    if (drop > 0) kept.splice(0, drop);
  };
  const noteSps = (sps: string): void => {
    if (sps === sets.sps) return;
    sets.sps = sps;
    shape = h264Shape(sps);
  };
  const deliver = (packet: RtpPacket): void => {
    const ticks = toTicks(packet.timestamp);
    lastTicks = Math.max(lastTicks ?? ticks, ticks);
    const hint = readers[codec](packet.payload);
    if (hint.sps !== undefined) noteSps(hint.sps.toString('base64'));
    if (hint.pps !== undefined) sets.pps = hint.pps.toString('base64');
    const beginsKeyFrame = hint.isKeyFrame && keyFrameAt !== ticks;
    if (hint.isKeyFrame) keyFrameAt = ticks;
    if (hint.aspect !== undefined) format = hint.aspect.toFixed(1);
    if (sets.sps !== '' && sets.pps !== '') format = `${sets.sps},${sets.pps}`;
    const fed: FeedPacket = { ...packet, ticks, beginsKeyFrame, format };
    keep(fed);
    for (const listener of [...listeners]) listener(fed);
  };
  const reorder = createReorder(deliver);

  return {
    codec,
    clockRate,
    mayTellCapture: absCaptureTimeId !== null,
    clock: captureClock,
    get shape() {
      return shape;
    },
    get lastArrivalMs() {
      return lastArrivalMs;
    },
    receive(bytes) {
      const packet = parseRtp(bytes);
      if (packet === undefined) return;
      const now = clock.now();
      lastArrivalMs = now;
      const ticks = toTicks(packet.timestamp);
      captureClock.noteArrival(ticks, now);
      const capturedAt = absCaptureTimeId === null ? undefined : findCaptureTime(bytes, absCaptureTimeId);
      if (capturedAt !== undefined) captureClock.noteCapture(ticks, capturedAt, now);
      reorder(packet, now);
    },
    recent: () => kept,
    onPacket(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
