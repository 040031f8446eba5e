import type { HttpResponse } from '@souk/protocol/commands/http-commands';
import type { ShowId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { isStaff } from '@souk/protocol/roles';
import { BEGINNING, type Onlooker } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Redis } from '@souk/runtime/redis';
import type { Timeline } from '@souk/timeline/timeline';
import type { RoleFinder } from '../accounts/role-finder.ts';
import type { Executor } from '../db/database.ts';
import type { Caller } from '../http/caller.ts';
import { readLiving } from './living-entries.ts';
import { findArchivedEpoch, findDeletedMessages, readArchive, type StoredEntry } from './timeline-archive.ts';

type TimelinePage = HttpResponse<'timeline:read'>;

/** Where the reader stands. */
export interface Bookmark {
  readonly after?: string | undefined;
  readonly epoch?: string | undefined;
}

/** A page of a show's timeline. Throws AppError SHOW_NOT_FOUND. */
export type ReadTimeline = (caller: Caller, showId: ShowId, bookmark: Bookmark) => Promise<TimelinePage>;

export interface ReadTimelineDeps {
  readonly orm: Executor;
  readonly redis: Redis;
  readonly timeline: Pick<Timeline, 'epoch'>;
  readonly roles: RoleFinder;
}

/** What one answer is made of. */
interface Source {
  readonly epoch: string;
  readonly isArchived: boolean;
  /** The Redis Stream is of this epoch. */
  readonly isLiving: boolean;
}

/**
 * Reads timelines for people. All of it is of one epoch, so that it folds into one state: of an ended show that of its
 * archive, and what came later from Redis as long as that still has the same; else the one that Redis has.
 */
export function createReadTimeline(deps: ReadTimelineDeps): ReadTimeline {
  const { orm, timeline, roles } = deps;
  const findSource = async (showId: ShowId): Promise<Source | undefined> => {
    const [archived, living] = await Promise.all([findArchivedEpoch(orm, showId), timeline.epoch(showId)]);
    if (archived === undefined) throw new AppError('SHOW_NOT_FOUND');
    const epoch = archived ?? living;
    return epoch === undefined
      ? undefined
      : { epoch, isArchived: archived !== null, isLiving: epoch === living };
  };
  const read = async (caller: Caller, showId: ShowId, bookmark: Bookmark): Promise<TimelinePage> => {
    const source = await findSource(showId);
    // It is about to begin, or to begin again.
    if (source === undefined) return { epoch: '', entries: [], hasMore: false };
    const onlooker = { userId: caller.userId, isStaff: isStaff(await roles.atShow(caller, showId)) };
    const isSame = bookmark.epoch === undefined || bookmark.epoch === source.epoch;
    const page = await readKept(deps, showId, source, {
      after: isSame ? (bookmark.after ?? BEGINNING) : BEGINNING,
      onlooker,
    });
    // Redis has lost it while it was read: what was read may be of the next epoch.
    if (!source.isArchived && (await timeline.epoch(showId)) !== source.epoch)
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
async function readKept(deps: ReadTimelineDeps, showId: ShowId, source: Source, cut: Cut) {
  for (let { after } = cut; ; ) {
    const found = await readEntries(deps, showId, source, { ...cut, after });
    const page = found.slice(0, limits.timelinePage);
    const hasMore = found.length > page.length;
    const entries = await dropDeleted(deps.orm, showId, page);
    const last = page.at(-1);
    if (entries.length > 0 || !hasMore || last === undefined)
      return { entries: entries as TimelinePage['entries'], hasMore };
    after = last.id;
  }
}

/** One more than a page, where there are that many. */
async function readEntries(
  { orm, redis }: ReadTimelineDeps,
  showId: ShowId,
  { epoch, isArchived, isLiving }: Source,
  { after, onlooker }: Cut,
): Promise<StoredEntry[]> {
  const limit = limits.timelinePage + 1;
  const archived = isArchived ? await readArchive(orm, showId, { epoch, after, limit, onlooker }) : [];
  if (!isLiving || archived.length === limit) return archived;
  const later = { after: archived.at(-1)?.id ?? after, limit: limit - archived.length, onlooker };
  return [...archived, ...(await readLiving(redis, showId, later))];
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

function findMessageId({ type, data }: StoredEntry): string | undefined {
  const messageId = type === 'chat:sent' ? data['messageId'] : undefined;
  return typeof messageId === 'string' ? messageId : undefined;
}
