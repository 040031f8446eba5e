import type { ShowSummary } from '@souk/protocol/http/shows';
import type { ShowId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import type { Redis } from '@souk/runtime/redis';
import { timelineKeys } from '@souk/timeline/keys';
import type { Timeline } from '@souk/timeline/timeline';
import { and, countDistinct, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { timelineEntries } from '../db/schema/outbox.ts';
import type { ArchiveCursor } from './archive-batch.ts';
import { getShowCard } from './show-repository.ts';
import { getShowTakings } from './show-takings.ts';
import { findArchivedEnds } from './timeline-archive.ts';

export type GetShowSummary = (showId: ShowId) => Promise<ShowSummary>;

/** What a show brought so far, or in all. Throws AppError SHOW_NOT_FOUND. */
export function createGetShowSummary(deps: {
  db: Database;
  redis: Redis;
  timeline: Timeline;
  clock: Clock;
}): GetShowSummary {
  const { db, redis, timeline, clock } = deps;
  return async (showId) => {
    const show = await getShowCard(db.orm, showId);
    const [takings, viewers, peak, messages] = await Promise.all([
      getShowTakings(db.orm, showId),
      redis.pfcount(timelineKeys.audience(showId)),
      redis.get(timelineKeys.peak(showId)),
      countMessages(db, timeline, showId),
    ]);
    const { orders, unitsSold, revenueMinor, products } = takings;
    const until = show.endedAt ?? clock.now();
    return {
      show,
      durationMs: show.liveSince === null ? 0 : Math.max(0, until - show.liveSince),
      viewers,
      peakViewers: Number(peak ?? 0),
      messages,
      orders,
      unitsSold,
      revenue: { amountMinor: revenueMinor, currency: show.currency },
      products,
    };
  };
}

/**
 * From the archive, and of what is not there yet from the timeline itself; deleted messages are in neither. One that was
 * told again after a loss of Redis counts once.
 */
async function countMessages(db: Database, timeline: Timeline, showId: ShowId): Promise<number> {
  const isMessage = and(eq(timelineEntries.showId, showId), eq(timelineEntries.type, 'chat:sent'));
  const epoch = await timeline.epoch(showId);
  const [end] = epoch === undefined ? [] : await findArchivedEnds(db, [{ showId, epoch }]);
  let messages = 0;
  if (end !== undefined) {
    for await (const page of timeline.readAll(showId, end.upTo))
      messages += page.filter((entry) => entry.type === 'chat:sent').length;
  }
  const [archived] = await db.orm
    .select({ messages: countDistinct(sql`${timelineEntries.data} ->> 'messageId'`) })
    .from(timelineEntries)
    .where(and(isMessage, end === undefined ? undefined : isUpTo(end)));
  return messages + (archived?.messages ?? 0);
}

/** What was archived since is counted already. */
function isUpTo({ epoch, upTo }: ArchiveCursor): SQL {
  const [ms = '0', seq = '0'] = upTo.split('-');
  return sql`(${timelineEntries.epoch} <> ${epoch}
    OR (${timelineEntries.entryMs}, ${timelineEntries.entrySeq}) <= (${ms}::bigint, ${seq}::bigint))`;
}
