import type { ShowSummary } from '@souk/protocol/http/shows';
import type { ShowId } from '@souk/protocol/ids';
import { BEGINNING } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import type { Redis } from '@souk/runtime/redis';
import { timelineKeys } from '@souk/timeline/keys';
import type { Timeline } from '@souk/timeline/timeline';
import { and, count, eq } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { timelineEntries } from '../db/schema/outbox.ts';
import { getShowCard } from './show-repository.ts';
import { getShowTakings } from './show-takings.ts';

export type GetShowSummary = (showId: ShowId) => Promise<ShowSummary>;

/** What a show brought so far, or in all. Throws AppError SHOW_NOT_FOUND. */
export function createGetShowSummary(deps: {
  orm: Executor;
  redis: Redis;
  timeline: Timeline;
  clock: Clock;
}): GetShowSummary {
  const { orm, redis, timeline, clock } = deps;
  return async (showId) => {
    const show = await getShowCard(orm, showId);
    const [takings, viewers, peak, messages] = await Promise.all([
      getShowTakings(orm, showId),
      redis.pfcount(timelineKeys.audience(showId)),
      redis.get(timelineKeys.peak(showId)),
      countMessages(orm, timeline, showId),
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

/** From the archive once it is made, else from the timeline itself; deleted messages are in neither. */
async function countMessages(orm: Executor, timeline: Timeline, showId: ShowId): Promise<number> {
  const isMessage = and(eq(timelineEntries.showId, showId), eq(timelineEntries.type, 'chat:sent'));
  const [archived] = await orm.select({ messages: count() }).from(timelineEntries).where(isMessage);
  if (archived !== undefined && archived.messages > 0) return archived.messages;
  let messages = 0;
  for await (const page of timeline.readAll(showId, BEGINNING))
    messages += page.filter((entry) => entry.type === 'chat:sent').length;
  return messages;
}
