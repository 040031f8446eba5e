import type { HttpResponse } from '@souk/protocol/commands/http-commands';
import { type MessageId, messageIdSchema, type ShowId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { isStaff } from '@souk/protocol/roles';
import { BEGINNING, compareEntryIds, type Onlooker, tellTo } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Redis } from '@souk/runtime/redis';
import { timelineKeys } from '@souk/timeline/keys';
import type { Timeline } from '@souk/timeline/timeline';
import { isBehind, readTrimMark } from '@souk/timeline/trim-mark';
import type { RoleFinder } from '../accounts/role-finder.ts';
import type { Database, Executor } from '../db/database.ts';
import type { Caller } from '../http/caller.ts';
import type { BanGuard } from '../moderation/ban-guard.ts';
import { readLiving } from './living-entries.ts';
import {
  findArchivedEnds,
  findArchivedEpoch,
  findDeletedMessages,
  readArchive,
  type StoredEntry,
} from './timeline-archive.ts';

type TimelinePage = HttpResponse<'timeline:read'>;

/** Where the reader stands. */
export interface Bookmark {
  readonly after?: string | undefined;
  readonly epoch?: string | undefined;
}

/** A page of a show's timeline. Throws AppError SHOW_NOT_FOUND, BANNED. */
export type ReadTimeline = (caller: Caller, showId: ShowId, bookmark: Bookmark) => Promise<TimelinePage>;

export interface ReadTimelineDeps {
  readonly db: Database;
  readonly redis: Redis;
  readonly timeline: Pick<Timeline, 'epoch'>;
  readonly roles: RoleFinder;
  readonly banGuard: Pick<BanGuard, 'assertNotBanned'>;
}

/** What one answer is made of. */
interface Source {
  readonly showId: ShowId;
  readonly epoch: string;
  /** The Redis Stream is of this epoch. */
  readonly isLiving: boolean;
}

/**
 * Reads timelines for people. All of it is of one epoch, so that it folds into one state: of an ended show that of its
 * archive, else the one that Redis has. What is in the archive comes from there, and the rest from the Redis Stream as
 * long as that is of the same epoch.
 */
export function createReadTimeline(deps: ReadTimelineDeps): ReadTimeline {
  const { db, timeline, roles, banGuard } = deps;
  const findSource = async (showId: ShowId): Promise<Source | undefined> => {
    const [archived, living] = await Promise.all([findArchivedEpoch(db.orm, showId), timeline.epoch(showId)]);
    if (archived === undefined) throw new AppError('SHOW_NOT_FOUND');
    const epoch = archived ?? living;
    return epoch === undefined ? undefined : { showId, epoch, isLiving: epoch === living };
  };
  const read = async (caller: Caller, showId: ShowId, bookmark: Bookmark): Promise<TimelinePage> => {
    const source = await findSource(showId);
    await banGuard.assertNotBanned(showId, caller.userId);
    // It is about to begin, or to begin again.
    if (source === undefined) return { epoch: '', entries: [], hasMore: false };
    const onlooker = { userId: caller.userId, isStaff: isStaff(await roles.atShow(caller, showId)) };
    const isSame = bookmark.epoch === undefined || bookmark.epoch === source.epoch;
    const page = await readKept(deps, source, {
      after: isSame ? (bookmark.after ?? BEGINNING) : BEGINNING,
      onlooker,
    });
    // Redis has lost it while it was read: what was read may be of the next epoch.
    if (source.isLiving && (await timeline.epoch(showId)) !== source.epoch)
      return read(caller, showId, bookmark);
    return { epoch: source.epoch, ...page };
  };
  return read;
}

interface Cut {
  readonly after: string;
  readonly onlooker: Onlooker;
}

/** The next page, without the messages that were deleted. Should all be deleted, the page after it. */
async function readKept(deps: ReadTimelineDeps, source: Source, cut: Cut) {
  for (let { after } = cut; ; ) {
    const found = await readEntries(deps, source, { ...cut, after });
    const page = found.slice(0, limits.timelinePage);
    const hasMore = found.length > page.length;
    const kept = await dropDeleted(deps.db.orm, source.showId, page);
    const entries = kept.map((entry) => tellTo(entry, cut.onlooker));
    const last = page.at(-1);
    if (entries.length > 0 || !hasMore || last === undefined) return { entries, hasMore };
    after = last.id;
  }
}

/** One more than a page, where there are that many. */
async function readEntries(
  { db, redis }: ReadTimelineDeps,
  { showId, epoch, isLiving }: Source,
  { after, onlooker }: Cut,
): Promise<StoredEntry[]> {
  const limit = limits.timelinePage + 1;
  for (;;) {
    // Asked for first: what the archive gets meanwhile may be read from either, and goes on after the later one.
    const [end] = await findArchivedEnds(db, [{ showId, epoch }]);
    const archived = await readArchive(db.orm, showId, { epoch, after, limit, onlooker });
    if (!isLiving || archived.length === limit) return archived;
    const from = latest(after, end?.upTo ?? BEGINNING, archived.at(-1)?.id ?? BEGINNING);
    const page = { after: from, limit: limit - archived.length, onlooker };
    const entries = [...archived, ...(await readLiving(redis, showId, page))];
    const trimmedTo = readTrimMark(await redis.get(timelineKeys.trimmed(showId)), epoch);
    // Else it was archived, and trimmed in front of this reader: the archive has it.
    if (!isBehind(from, trimmedTo)) return entries;
  }
}

function latest(...ids: readonly string[]): string {
  return ids.reduce((last, id) => (compareEntryIds(id, last) > 0 ? id : last));
}

async function dropDeleted(
  orm: Executor,
  showId: ShowId,
  entries: readonly StoredEntry[],
): Promise<StoredEntry[]> {
  const messageIds = entries.flatMap((entry) => findMessageId(entry) ?? []);
  const deleted = await findDeletedMessages(orm, showId, messageIds);
  return entries.filter((entry) => !deleted.has(findMessageId(entry) ?? ''));
}

/** The message whose text stands in this entry. */
function findMessageId({ type, data }: StoredEntry): MessageId | undefined {
  if (type !== 'chat:sent' && type !== 'chat:held' && type !== 'chat:pinned') return undefined;
  return messageIdSchema.safeParse(data['messageId']).data;
}
