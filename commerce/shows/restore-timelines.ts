import type { ShowId } from '@souk/protocol/ids';
import { createEntry, type NewEntry } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import type { ShowDirectory } from '@souk/timeline/show-directory';
import type { Timeline } from '@souk/timeline/timeline';
import { and, eq, gt, ne } from 'drizzle-orm';
import { readProductCards } from '../catalog/product-repository.ts';
import { type Database, type Executor, inTransaction, type Tx } from '../db/database.ts';
import { users } from '../db/schema/accounts.ts';
import { mutes, showModerators } from '../db/schema/moderation.ts';
import { outbox as outboxTable } from '../db/schema/outbox.ts';
import { shows } from '../db/schema/shows.ts';
import { sales } from '../db/schema/sales.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { findLineup, getShowCard, lockShow } from './show-repository.ts';

export type RestoreTimelines = () => Promise<void>;

/**
 * Brings Redis in step with PostgreSQL when the service starts: the directory of open shows, and the timelines of
 * open shows that Redis has lost. The chat of a lost timeline is gone; all that was a durable command is there again.
 */
export function createRestoreTimelines(deps: {
  db: Database;
  outbox: Outbox;
  timeline: Timeline;
  directory: ShowDirectory;
  clock: Clock;
}): RestoreTimelines {
  const { db, outbox, timeline, directory, clock } = deps;
  return async () => {
    const open = await db.orm
      .select({ id: shows.id, status: shows.status })
      .from(shows)
      .where(ne(shows.status, 'ended'));
    for (const { id, status } of open) {
      if (status === 'live') await directory.add(id);
      if ((await timeline.epoch(id)) !== undefined) continue;
      await inTransaction(db, (tx) => restore(tx, id, outbox, clock.now()));
    }
  };
}

async function restore(tx: Tx, showId: ShowId, outbox: Outbox, now: number): Promise<void> {
  await lockShow(tx, showId);
  // A timeline that was never begun is not lost: its first entries still wait for the relay.
  const [waiting] = await tx
    .select({ id: outboxTable.id })
    .from(outboxTable)
    .where(eq(outboxTable.lane, showId))
    .limit(1);
  if (waiting !== undefined) return;
  const entries = [
    ...(await readFacts(tx, showId)),
    ...(await readStaff(tx, showId, now)),
    ...(await readSales(tx, showId)),
  ];
  await outbox.publish(tx, ...entries.map((entry) => ({ kind: 'timeline', showId, entry }) as const));
}

async function readFacts(orm: Executor, showId: ShowId): Promise<NewEntry[]> {
  const card = await getShowCard(orm, showId);
  const { title, merchantId, merchantName, hostId, hostName, currency, policy, createdAt, liveSince } = card;
  const products = await readProductCards(orm, await findLineup(orm, showId));
  const [pin] = await orm
    .select({ productId: shows.pinnedProductId })
    .from(shows)
    .where(eq(shows.id, showId));
  const facts = { title, merchantId, merchantName, hostId, hostName, currency, policy };
  const entries = [
    createEntry('show:created', createdAt, facts),
    createEntry('lineup:changed', createdAt, { products }),
  ];
  if (liveSince !== null) entries.push(createEntry('show:went-live', liveSince, {}));
  const productId = pin?.productId ?? null;
  if (productId !== null) entries.push(createEntry('product:pinned', liveSince ?? createdAt, { productId }));
  return entries;
}

async function readStaff(orm: Executor, showId: ShowId, now: number): Promise<NewEntry[]> {
  const moderators = await orm
    .select({ userId: users.id, name: users.name, at: showModerators.invitedAt })
    .from(showModerators)
    .innerJoin(users, eq(users.id, showModerators.userId))
    .where(eq(showModerators.showId, showId));
  const muted = await orm
    .select({ userId: mutes.userId, until: mutes.until, reason: mutes.reason })
    .from(mutes)
    .where(and(eq(mutes.showId, showId), gt(mutes.until, now)));
  return [
    ...moderators.map(({ userId, name, at }) =>
      createEntry('role:granted', at, { userId, name, role: 'moderator' }, userId),
    ),
    ...muted.map(({ userId, until, reason }) =>
      createEntry('user:muted', now, { userId, until, reason }, userId),
    ),
  ];
}

async function readSales(orm: Executor, showId: ShowId): Promise<NewEntry[]> {
  const running = await orm
    .select()
    .from(sales)
    .where(and(eq(sales.showId, showId), eq(sales.status, 'running')));
  return running.map(
    ({ id: saleId, productId, variantId, units, priceMinor, perBuyerLimit, startsAt, endsAt }) =>
      createEntry('sale:started', startsAt, {
        saleId,
        productId,
        variantId,
        units,
        priceMinor,
        perBuyerLimit,
        startsAt,
        endsAt,
      }),
  );
}
