import { createId, type ShowId, type StreamId } from '@souk/protocol/ids';
import type { StreamSource } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { createKeyedBuckets } from '@souk/runtime/token-bucket';
import { createEnding, type Ending } from '../sfu/ending.ts';
import type { LinkEndReason, MediaKind } from '../sfu/sfu-backend.ts';
import type { StreamAnnouncer, StreamStopReason } from './stream-announcer.ts';

/** What the show is told when the link of its publisher ends. */
export const streamStopReasons = {
  left: 'closed-by-host',
  replaced: 'closed-by-host',
  'key-revoked': 'closed-by-host',
  banned: 'closed-by-host',
  disconnected: 'closed-by-host',
  'connection-lost': 'connection-lost',
  'never-connected': 'connection-lost',
  silent: 'connection-lost',
  'worker-died': 'connection-lost',
  'show-ended': 'show-ended',
  'server-stopping': 'media-server-restarted',
} as const satisfies Record<LinkEndReason, StreamStopReason>;

export interface PublishWish {
  /** `page` when left out. */
  readonly source?: StreamSource;
  /** The stream that a page published before, when it comes back by itself. */
  readonly resumes?: StreamId;
  /** Server clock minus the clock that stamps the frames' capture times, milliseconds. */
  readonly clockOffsetMs?: number;
}

/** One publish session's stream; a host who comes back publishes a new one. */
export interface LiveStream {
  readonly streamId: StreamId;
  readonly showId: ShowId;
  /** The user, `key:<id>` of the stream key, or the name of a feed. */
  readonly publisherId: string;
  readonly source: StreamSource;
  readonly clockOffsetMs: number | undefined;
  /** When it could first be watched, in server wall-clock milliseconds; undefined until then. */
  readonly since: number | undefined;
  readonly kinds: readonly MediaKind[];
  readonly ending: Ending<LinkEndReason>;
  /**
   * Takes a better measurement in; the show is told when it makes a difference.
   * Throws AppError RATE_LIMITED when it was told often lately.
   */
  correctClock(clockOffsetMs: number): void;
  /** Notes that a track is there. With sound and picture, or after a moment with one of them, the show is told. */
  addTrack(kind: MediaKind): void;
}

export interface OnAir {
  /**
   * Makes the new stream of a show. The same publisher's former stream ends as `replaced`.
   * Throws AppError ALREADY_PUBLISHING when somebody else publishes; for an encoder, when anybody does, since two of
   * them with one key would take over from each other for ever; and for a page that comes back by itself, when the
   * stream is no longer the one that it `resumes`, for the same reason.
   */
  begin(showId: ShowId, publisherId: string, wish?: PublishWish): LiveStream;
  /** The stream of a show, whether it can be watched yet or not. */
  findOf(showId: ShowId): LiveStream | undefined;
  find(streamId: StreamId): LiveStream | undefined;
  /** The stream that can be watched, if there is one. */
  findReady(showId: ShowId): StreamId | undefined;
  /** Every stream that can be watched. */
  ready(): LiveStream[];
  /** Calls the listener when a stream can be watched, gets a further track or another clock, or has ended. */
  onChange(listener: () => void): void;
}

/** A stream without any track after that long ends: it would only keep others from publishing. */
const FIRST_TRACK_MS = 20_000;
/** Less is not seen. */
const CLOCK_TOLERANCE_MS = 4;
const CLOCK_CORRECTION_RATE = { burst: 8, perSecond: 0.1 };
/** How long a stream waits for its second track before it is told with one. */
const SECOND_TRACK_MS = 1_000;

/** Who publishes where: at most one stream in each show. */
export function createOnAir(deps: { readonly announcer: StreamAnnouncer; readonly clock: Clock }): OnAir {
  const { announcer, clock } = deps;
  const streams = new Map<ShowId, LiveStream>();
  const corrections = createKeyedBuckets({ rate: CLOCK_CORRECTION_RATE, clock });
  const listeners: (() => void)[] = [];
  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  const createStream = (showId: ShowId, publisherId: string, wish: PublishWish): LiveStream => {
    const { source = 'page' } = wish;
    let { clockOffsetMs } = wish;
    const streamId = createId('stream');
    const ending = createEnding<LinkEndReason>();
    const kinds = new Set<MediaKind>();
    let since: number | undefined;
    let patience = setTimeout(() => ending.end('never-connected'), FIRST_TRACK_MS);
    const announce = (): void => {
      clearTimeout(patience);
      since = clock.now();
      announcer.started(showId, streamId, [...kinds], source, { clockOffsetMs });
      tell();
    };
    const stream: LiveStream = {
      streamId,
      showId,
      publisherId,
      source,
      get clockOffsetMs() {
        return clockOffsetMs;
      },
      get since() {
        return since;
      },
      get kinds() {
        return [...kinds];
      },
      ending,
      correctClock(offsetMs) {
        if (ending.reason !== null) return;
        if (clockOffsetMs !== undefined && Math.abs(offsetMs - clockOffsetMs) < CLOCK_TOLERANCE_MS) return;
        if (since !== undefined) {
          const take = corrections.take(streamId);
          if (!take.ok) throw new AppError('RATE_LIMITED', { retryAfterMs: take.retryAfterMs });
          announcer.clockCorrected(showId, streamId, offsetMs);
        }
        clockOffsetMs = offsetMs;
        if (since !== undefined) tell();
      },
      addTrack(kind) {
        if (ending.reason !== null) return;
        kinds.add(kind);
        if (since !== undefined) return tell();
        clearTimeout(patience);
        if (kinds.size === 2) announce();
        else patience = setTimeout(announce, SECOND_TRACK_MS);
      },
    };
    ending.onEnd((reason) => {
      clearTimeout(patience);
      if (streams.get(showId) === stream) streams.delete(showId);
      if (since === undefined) return;
      announcer.stopped(showId, streamId, streamStopReasons[reason]);
      tell();
    });
    return stream;
  };
  const ready = (): LiveStream[] => [...streams.values()].filter(({ since }) => since !== undefined);
  return {
    begin(showId, publisherId, wish = {}) {
      const { source, resumes } = wish;
      const former = streams.get(showId);
      const isOthers = former !== undefined && (former.publisherId !== publisherId || source === 'encoder');
      const isReplaced = former !== undefined && resumes !== undefined && former.streamId !== resumes;
      if (isOthers || isReplaced) throw new AppError('ALREADY_PUBLISHING');
      former?.ending.end('replaced');
      const stream = createStream(showId, publisherId, wish);
      streams.set(showId, stream);
      return stream;
    },
    findOf: (showId) => streams.get(showId),
    find: (streamId) => [...streams.values()].find((stream) => stream.streamId === streamId),
    findReady(showId) {
      const stream = streams.get(showId);
      return stream?.since === undefined ? undefined : stream.streamId;
    },
    ready,
    onChange: (listener) => void listeners.push(listener),
  };
}
