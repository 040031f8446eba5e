import { createSenderReport } from '../rtp/rtp-packet.ts';
import type { FeedPacket, TrackFeed } from '../rtp/track-feed.ts';
import type { StreamTime } from '../stream-time.ts';
import { payloadTypeOf } from './description.ts';
import type { RtspSource } from './rtsp-source.ts';
import type { RunStart } from './run-start.ts';

/** Passes tracks on to ffmpeg, from the start of a run. */
export interface InputPump {
  /**
   * Tells ffmpeg how the clocks of the tracks go. Gives back by how many milliseconds one of them has jumped, which
   * ffmpeg cannot follow; undefined when all is well.
   */
  report(): number | undefined;
  stop(): void;
}

export interface InputPumpOptions {
  readonly inputs: readonly TrackFeed[];
  readonly start: RunStart;
  readonly time: StreamTime;
  readonly source: Pick<RtspSource, 'send'>;
  /** Told of each packet before it goes in; false: the run must end before it. */
  readonly onPacket: (input: number, packet: FeedPacket) => boolean;
}

/** So much may one report move a clock: crystals drift, and neither picture nor sound may jump. */
const SLEW_MS = 5;
const STEP_MS = 1_500;

/**
 * Sends what has arrived since the start, then what comes. A report about each track goes first: by it ffmpeg knows
 * from the first packet on how picture and sound belong together.
 */
export function startInputPump(options: InputPumpOptions): InputPump {
  const { inputs, start, time, source, onPacket } = options;
  const tracks = inputs.map((feed, index) => ({
    feed,
    index,
    fromTicks: start.fromTicks[index] ?? 0,
    lastTicks: start.fromTicks[index] ?? 0,
    /** When moment 0 of the track was, as ffmpeg is told. */
    zeroMs: time.originOf(feed),
  }));
  type Track = (typeof tracks)[number];

  const msOf = (track: Track, ticks: number): number => track.zeroMs + (ticks / track.feed.clockRate) * 1_000;
  const report = (track: Track): number | undefined => {
    const offMs = time.originOf(track.feed) - track.zeroMs;
    if (Math.abs(offMs) > STEP_MS) return offMs;
    track.zeroMs += Math.max(-SLEW_MS, Math.min(SLEW_MS, offMs));
    const ticks = Math.round(track.lastTicks);
    const bytes = createSenderReport(ssrcOf(track.index), msOf(track, ticks), ticks % 2 ** 32);
    source.send(track.index, bytes, 'rtcp');
    return undefined;
  };
  const pass = (track: Track, packet: FeedPacket): boolean => {
    if (packet.ticks < track.fromTicks) return true;
    if (!onPacket(track.index, packet)) return false;
    track.lastTicks = Math.max(track.lastTicks, packet.ticks);
    source.send(track.index, readdress(packet, track.index), 'rtp');
    return true;
  };

  for (const track of tracks) {
    // At the origin all tracks are told the same instant: it becomes ffmpeg's moment 0.
    const ticks = Math.round(((start.originMs - track.zeroMs) / 1_000) * track.feed.clockRate);
    const bytes = createSenderReport(
      ssrcOf(track.index),
      start.originMs,
      ((ticks % 2 ** 32) + 2 ** 32) % 2 ** 32,
    );
    source.send(track.index, bytes, 'rtcp');
  }
  const held = tracks
    .flatMap((track) =>
      track.feed.recent().map((packet) => ({ track, packet, at: msOf(track, packet.ticks) })),
    )
    .sort((left, right) => left.at - right.at);
  const goesOn = held.every(({ track, packet }) => pass(track, packet));
  const stops = goesOn
    ? tracks.map((track) => track.feed.onPacket((packet) => void pass(track, packet)))
    : [];
  return {
    report: () => tracks.map(report).find((offMs) => offMs !== undefined),
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

function ssrcOf(input: number): number {
  return 1_000 + input;
}

/** The packet as ffmpeg was told to expect it, without what it does not need. */
function readdress(packet: FeedPacket, input: number): Buffer {
  const bytes = Buffer.alloc(12 + packet.payload.length);
  bytes.writeUInt8(0x80, 0);
  bytes.writeUInt8((packet.bytes.readUInt8(1) & 0x80) | payloadTypeOf(input), 1);
  bytes.writeUInt16BE(packet.sequence, 2);
  bytes.writeUInt32BE(packet.timestamp, 4);
  bytes.writeUInt32BE(ssrcOf(input), 8);
  packet.payload.copy(bytes, 12);
  return bytes;
}
