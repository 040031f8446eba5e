import type { RtpParameters } from 'mediasoup-client/types';
import { type CaptureSource, captureTimeOf, NTP_TO_UNIX_MS } from './capture-time.ts';
import { type BufferDelay, createLipSync, noHoldBack } from './lip-sync.ts';

/** Keeps sound and picture of one connection together, in place of the browser. */
export interface LipSyncKeeper {
  /** Told of frames on screen, now and then. */
  noteShown(frame: VideoFrameCallbackMetadata): void;
  stop(): void;
}

export interface LipSyncTracks {
  readonly picture: RTCRtpReceiver;
  readonly sound: RTCRtpReceiver;
  /** RTCStats dictionaries of both. */
  readStats(): Promise<Iterable<unknown>>;
}

const EVERY_MS = 1_000;

interface Counters {
  readonly picture: readonly [wantedS: number, leastS: number, count: number];
  readonly sound: readonly [wantedS: number, leastS: number, count: number];
  readonly playout: readonly [delayS: number, count: number];
}

/** Looks each second at how far sound and picture are apart, and asks their buffers for what brings them together. */
export function keepLipSync({ picture, sound, readStats }: LipSyncTracks): LipSyncKeeper {
  const decide = createLipSync();
  let pictureAges: number[] = [];
  let soundAges: number[] = [];
  let before: Counters | undefined;
  let held = noHoldBack;
  const look = async (): Promise<void> => {
    const after = readCounters(await readStats());
    const [pictureAgeMs, heardAgeMs] = [meanOf(pictureAges), meanOf(soundAges)];
    [pictureAges, soundAges] = [[], []];
    const wait = before === undefined ? undefined : waitsBetween(before, after);
    before = after;
    if (wait === undefined || pictureAgeMs === undefined || heardAgeMs === undefined) return;
    // Whoever else asks for something knows why, and has the say.
    if (picture.jitterBufferTarget !== held.pictureMs || sound.jitterBufferTarget !== held.soundMs) return;
    held = decide({ ...wait, pictureAgeMs, soundAgeMs: heardAgeMs + wait.playoutMs });
    picture.jitterBufferTarget = held.pictureMs;
    sound.jitterBufferTarget = held.soundMs;
  };
  // A reading that fails belongs to a connection that is ending.
  const timer = setInterval(() => void look().catch(() => undefined), EVERY_MS);
  return {
    noteShown({ rtpTimestamp, presentationTime }) {
      const [seen, heard] = [picture.getSynchronizationSources()[0], sound.getSynchronizationSources()[0]];
      if (rtpTimestamp === undefined) return;
      const paintedAt = captureTimeOf(seen, rtpTimestamp, 0);
      const spokenAt = captureOf(heard);
      if (paintedAt === undefined || spokenAt === undefined || heard === undefined) return;
      pictureAges.push(performance.timeOrigin + presentationTime - paintedAt);
      // When the sound was taken from its buffer; the loudspeaker comes after it.
      soundAges.push(heard.timestamp - spokenAt);
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * True when this page can do it better: the browser takes wishes for its buffers, and both tracks tell when they were
 * captured. `userAgentData` stands for the browsers whose sources of sound have been found to tell it rightly.
 */
export function canKeepLipSync(tracks: readonly RtpParameters[]): boolean {
  return (
    'userAgentData' in navigator &&
    'jitterBufferTarget' in RTCRtpReceiver.prototype &&
    tracks.length === 2 &&
    tracks.every(({ headerExtensions = [] }) =>
      headerExtensions.some(({ uri }) => uri.endsWith('/abs-capture-time')),
    )
  );
}

function captureOf(source: CaptureSource | undefined): number | undefined {
  return source?.captureTimestamp === undefined ? undefined : source.captureTimestamp - NTP_TO_UNIX_MS;
}

function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

interface TrackStats {
  readonly type: string;
  readonly kind?: string;
  readonly jitterBufferTargetDelay?: number;
  readonly jitterBufferMinimumDelay?: number;
  readonly jitterBufferEmittedCount?: number;
  readonly totalPlayoutDelay?: number;
  readonly totalSamplesCount?: number;
}

function readCounters(reports: Iterable<unknown>): Counters {
  const stats = [...reports] as TrackStats[];
  const ofTrack = (kind: string): Counters['picture'] => {
    const tracks = stats.filter((entry) => entry.type === 'inbound-rtp' && entry.kind === kind);
    // Beside the picture stands a track that only probes how much the network carries.
    const track = tracks.find(({ jitterBufferEmittedCount = 0 }) => jitterBufferEmittedCount > 0);
    const {
      jitterBufferTargetDelay = 0,
      jitterBufferMinimumDelay = 0,
      jitterBufferEmittedCount = 0,
    } = track ?? {};
    return [jitterBufferTargetDelay, jitterBufferMinimumDelay, jitterBufferEmittedCount];
  };
  const { totalPlayoutDelay = 0, totalSamplesCount = 0 } =
    stats.find(({ type }) => type === 'media-playout') ?? {};
  return {
    picture: ofTrack('video'),
    sound: ofTrack('audio'),
    playout: [totalPlayoutDelay, totalSamplesCount],
  };
}

function waitsBetween(
  before: Counters,
  after: Counters,
): { picture: BufferDelay; sound: BufferDelay; playoutMs: number } | undefined {
  const delayOf = (track: 'picture' | 'sound'): BufferDelay | undefined => {
    const count = after[track][2] - before[track][2];
    if (count <= 0) return undefined;
    const perUnit = (index: 0 | 1): number => ((after[track][index] - before[track][index]) / count) * 1_000;
    return { wantedMs: perUnit(0), leastMs: perUnit(1) };
  };
  const [picture, sound] = [delayOf('picture'), delayOf('sound')];
  if (picture === undefined || sound === undefined) return undefined;
  const samples = after.playout[1] - before.playout[1];
  const playoutMs = samples <= 0 ? 0 : ((after.playout[0] - before.playout[0]) / samples) * 1_000;
  return { picture, sound, playoutMs };
}
