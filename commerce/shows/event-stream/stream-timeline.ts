import { setTimeout as pause } from 'node:timers/promises';
import { parsePlace, type StreamResyncReason } from '@souk/protocol/http/timeline-stream';
import type { ShowId } from '@souk/protocol/ids';
import { isStaff } from '@souk/protocol/roles';
import { BEGINNING, compareEntryIds, type Entry, type Onlooker } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { Timeline } from '@souk/timeline/timeline';
import type { RoleFinder } from '../../accounts/role-finder.ts';
import type { Executor } from '../../db/database.ts';
import type { Caller } from '../../http/caller.ts';
import type { BanGuard } from '../../moderation/ban-guard.ts';
import type { Bookmark, ReadTimeline } from '../read-timeline.ts';
import { findArchivedEpoch } from '../timeline-archive.ts';
import { formatRetry } from './format-events.ts';
import { replayArchive } from './replay-archive.ts';
import type { ShowChannel, ShowChannels } from './show-channels.ts';
import type { Sink } from './sink.ts';
import { createTimelineReader, type TimelineReader } from './timeline-reader.ts';

/** One who asks for a stream. */
export interface StreamRequest {
  readonly caller: Caller;
  readonly showId: ShowId;
  readonly bookmark: Bookmark;
  /** The header of a client that comes back. */
  readonly lastEventId: string | undefined;
  /** Begins the answer. Not called when there is nothing more to tell, or the stream is refused. */
  readonly begin: () => Sink;
}

export interface StreamTimeline {
  /**
   * Streams a show until the sink is closed; `nothing-more` when the show is over and the reader has all of it. Throws
   * AppError SHOW_NOT_FOUND, BANNED, INVALID_INPUT, UNAVAILABLE before it begins.
   */
  open(request: StreamRequest): Promise<'begun' | 'nothing-more'>;
  /** Gives every reader a sign of life. */
  heartbeat(): void;
}

export interface StreamTimelineDeps {
  readonly orm: Executor;
  readonly timeline: Pick<Timeline, 'readMissed'>;
  readonly channels: ShowChannels;
  readonly readTimeline: ReadTimeline;
  readonly roles: RoleFinder;
  readonly banGuard: Pick<BanGuard, 'assertNotBanned'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Who is further behind gets the state. */
const MISSED_ENTRIES = 2_000;
/** The channel moves on each tick; a read is faster. */
const MAX_ATTEMPTS = 5;
/** How long a show may take to begin: 5 s. */
const BEGIN_ATTEMPTS = 50;
const BEGIN_PAUSE_MS = 100;
/** Readers come back at different moments. */
const RETRY_MS = { least: 2_000, spread: 3_000 };

export function createStreamTimeline(deps: StreamTimelineDeps): StreamTimeline {
  const { orm, timeline, channels, readTimeline, roles, banGuard, clock, logger } = deps;
  const readers = new Map<TimelineReader, ShowChannel>();

  /**
   * What the reader missed, as far as the timeline is now; the channel may be behind that, and never before it. Or why it
   * has to be told the state.
   */
  const findMissed = async (
    { show }: ShowChannel,
    { showId }: StreamRequest,
    { userId }: Onlooker,
    { epoch: knownEpoch, after }: Place,
  ): Promise<readonly Entry[] | StreamResyncReason> => {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const { epoch } = show;
      if (knownEpoch !== undefined && knownEpoch !== epoch) return 'new-epoch';
      const missed = await timeline.readMissed(showId, { epoch, after, limit: MISSED_ENTRIES });
      if (missed === undefined) return 'too-far-behind';
      if (missed.some((entry) => isRoleOf(entry, userId))) return 'rights-changed';
      const upTo = missed.at(-1)?.id ?? after;
      if (show.epoch === epoch && compareEntryIds(show.state.lastId, upTo) <= 0) return missed;
    }
    return 'too-far-behind';
  };
  const follow = async (channel: ShowChannel, request: StreamRequest, onlooker: Onlooker, place: Place) => {
    const { show } = channel;
    if (!onlooker.isStaff && Object.hasOwn(show.state.bans, onlooker.userId)) throw new AppError('BANNED');
    const missed = await findMissed(channel, request, onlooker, place);
    if (typeof missed === 'object' && missed.length === 0 && show.state.status === 'ended')
      return 'nothing-more';
    const upTo = typeof missed === 'object' ? (missed.at(-1)?.id ?? place.after) : place.after;
    const sink = request.begin();
    const reader = createTimelineReader({ sink, onlooker, after: upTo, clock });
    readers.set(reader, channel);
    sink.onClosed(() => {
      readers.delete(reader);
      channel.close();
    });
    // In the same turn as the last look at the channel: nothing falls in between.
    channel.add(reader);
    sink.write(formatRetry(RETRY_MS.least + Math.floor(Math.random() * RETRY_MS.spread)));
    guard(sink, reader.catchUp(show, missed));
    return 'begun';
  };
  /** Nobody waits for what goes on after the answer has begun. */
  const guard = (sink: Sink, work: Promise<void>): void => {
    work.catch((err: unknown) => {
      logger.info({ event: 'stream-broken-off', err });
      sink.end(isTimeout(err) ? 'too-slow' : isBan(err) ? 'banned' : 'unavailable');
    });
  };
  /** Of a show that is over and that only the archive knows any more. */
  const replay = async (request: StreamRequest, place: Place): Promise<'begun' | 'nothing-more'> => {
    const first = await readTimeline(request.caller, request.showId, place);
    if (first.entries.length === 0) return 'nothing-more';
    const sink = request.begin();
    guard(sink, replayArchive({ readTimeline, request, sink, first }));
    return 'begun';
  };
  /**
   * The timeline of a show begins a moment after the show was made, and begins again a moment after Redis has lost it. Who
   * asks in between waits for it, up to a bound.
   */
  const openSoon = async (showId: ShowId): Promise<ShowChannel> => {
    for (let attempt = 1; attempt <= BEGIN_ATTEMPTS; attempt += 1) {
      const channel = await channels.open(showId);
      if (channel !== undefined) return channel;
      await pause(BEGIN_PAUSE_MS);
    }
    throw new AppError('UNAVAILABLE', { retryAfterMs: 1_000 });
  };
  return {
    async open(request) {
      const { caller, showId } = request;
      const place = readPlace(request);
      const archivedEpoch = await findArchivedEpoch(orm, showId);
      if (archivedEpoch === undefined) throw new AppError('SHOW_NOT_FOUND');
      await banGuard.assertNotBanned(showId, caller.userId);
      const onlooker = { userId: caller.userId, isStaff: isStaff(await roles.atShow(caller, showId)) };
      const channel = archivedEpoch === null ? await openSoon(showId) : await channels.open(showId);
      if (channel === undefined) return replay(request, place);
      try {
        const outcome = await follow(channel, request, onlooker, place);
        if (outcome === 'nothing-more') channel.close();
        return outcome;
      } catch (error) {
        channel.close();
        throw error;
      }
    },
    heartbeat() {
      for (const [reader, { show }] of [...readers]) reader.heartbeat(show);
    },
  };
}

interface Place {
  readonly after: string;
  readonly epoch: string | undefined;
}

/** What the browser says of itself when it comes back goes before what the address once said. */
function readPlace({ lastEventId, bookmark }: StreamRequest): Place {
  if (lastEventId === undefined || lastEventId === '')
    return { after: bookmark.after ?? BEGINNING, epoch: bookmark.epoch };
  const place = parsePlace(lastEventId);
  if (place === undefined) throw new AppError('INVALID_INPUT', { detail: 'last-event-id' });
  return place;
}

function isRoleOf(entry: Entry, userId: string): boolean {
  return (entry.type === 'role:granted' || entry.type === 'role:revoked') && entry.data.userId === userId;
}

/** Thrown while an archive is replayed page by page. */
const isBan = (error: unknown): boolean => error instanceof AppError && error.code === 'BANNED';

/** Thrown by `drained`. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}
