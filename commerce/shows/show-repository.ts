import type { ShowCard } from '@souk/protocol/http/shows';
import type { MerchantId, ProductId, ShowId, UserId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../db/database.ts';
import { merchants, users } from '../db/schema/accounts.ts';
import { recordings } from '../db/schema/broadcast.ts';
import { showLineup, shows } from '../db/schema/shows.ts';

export type ShowRow = typeof shows.$inferSelect;

/** How many shows a list holds at most. */
const LIST_LIMIT = 100;

/** Locks the show's row until the transaction ends, so that its commands happen one after the other. */
export async function lockShow(tx: Tx, showId: ShowId): Promise<ShowRow> {
  const [row] = await tx.select().from(shows).where(eq(shows.id, showId)).for('update');
  if (row === undefined) throw new AppError('SHOW_NOT_FOUND');
  return row;
}

/** Throws AppError SHOW_NOT_FOUND, or SHOW_ENDED for a show that is over. */
export async function lockOpenShow(tx: Tx, showId: ShowId): Promise<ShowRow> {
  const show = await lockShow(tx, showId);
  if (show.status === 'ended') throw new AppError('SHOW_ENDED');
  return show;
}

export async function insertShow(orm: Executor, row: typeof shows.$inferInsert): Promise<void> {
  await orm.insert(shows).values(row);
}

export async function updateShow(
  orm: Executor,
  showId: ShowId,
  change: Partial<
    Pick<
      ShowRow,
      'title' | 'status' | 'pinnedProductId' | 'pinnedCouponId' | 'liveSince' | 'endedAt' | 'endReason'
    >
  >,
): Promise<void> {
  await orm.update(shows).set(change).where(eq(shows.id, showId));
}

/** The products of these shows' line-ups, each in its order; prepared once. */
export function createReadLineups(
  orm: Executor,
): (showIds: readonly ShowId[]) => Promise<Map<ShowId, ProductId[]>> {
  const query = orm
    .select({ showId: showLineup.showId, productId: showLineup.productId })
    .from(showLineup)
    .where(sql`${showLineup.showId} = any(${sql.placeholder('showIds')}::text[])`)
    .orderBy(asc(showLineup.showId), asc(showLineup.position))
    .prepare('read-lineups');
  return async (showIds) => {
    const lineups = new Map<ShowId, ProductId[]>(showIds.map((showId) => [showId, []]));
    for (const { showId, productId } of await query.execute({ showIds: [...showIds] }))
      lineups.get(showId)?.push(productId);
    return lineups;
  };
}

/** The products of the line-up, in its order. */
export async function findLineup(orm: Executor, showId: ShowId): Promise<ProductId[]> {
  const rows = await orm
    .select({ productId: showLineup.productId })
    .from(showLineup)
    .where(eq(showLineup.showId, showId))
    .orderBy(asc(showLineup.position));
  return rows.map((row) => row.productId);
}

export async function replaceLineup(tx: Tx, showId: ShowId, productIds: readonly ProductId[]): Promise<void> {
  await tx.delete(showLineup).where(eq(showLineup.showId, showId));
  if (productIds.length === 0) return;
  await tx
    .insert(showLineup)
    .values(productIds.map((productId, position) => ({ showId, productId, position })));
}

const coverUrl = sql<string | null>`(
  SELECT '/api/pictures/' || coalesce(p.cover_picture_id, 'none') FROM show_lineup l JOIN products p ON p.id = l.product_id
  WHERE l.show_id = ${shows.id} ORDER BY l.position LIMIT 1)`;

const cardColumns = {
  id: shows.id,
  title: shows.title,
  status: shows.status,
  merchantId: shows.merchantId,
  merchantName: merchants.name,
  hostId: shows.hostId,
  hostName: users.name,
  currency: merchants.currency,
  policy: { guestsMayChat: merchants.guestsMayChat, guestsMayBuy: merchants.guestsMayBuy },
  createdAt: shows.createdAt,
  liveSince: shows.liveSince,
  endedAt: shows.endedAt,
  endReason: shows.endReason,
  coverUrl,
};

function selectCards(orm: Executor, where: SQL | undefined, order: SQL) {
  return orm
    .select(cardColumns)
    .from(shows)
    .innerJoin(merchants, eq(merchants.id, shows.merchantId))
    .innerJoin(users, eq(users.id, shows.hostId))
    .where(where)
    .orderBy(order)
    .limit(LIST_LIMIT);
}

/** Throws AppError SHOW_NOT_FOUND. */
export async function getShowCard(orm: Executor, showId: ShowId): Promise<ShowCard> {
  const [card] = await selectCards(orm, eq(shows.id, showId), desc(shows.createdAt));
  if (card === undefined) throw new AppError('SHOW_NOT_FOUND');
  return card;
}

/** The cards of these shows, in no order; prepared once. Unknown ones are left out. */
export function createReadShowCards(orm: Executor): (showIds: readonly ShowId[]) => Promise<ShowCard[]> {
  const wanted = sql`${shows.id} = any(${sql.placeholder('showIds')}::text[])`;
  const query = selectCards(orm, wanted, desc(shows.createdAt)).prepare('read-show-cards');
  return (showIds) => query.execute({ showIds: [...showIds] });
}

/** The shows on air, those that began last first; prepared once. */
export function createFindLiveShows(orm: Executor): () => Promise<ShowCard[]> {
  const query = selectCards(orm, eq(shows.status, 'live'), desc(shows.liveSince)).prepare('find-live-shows');
  return () => query.execute();
}

/** Shows with a recording that became ready at `readySince` (Unix milliseconds) or later, the last ended first. */
export async function findReplayableShows(
  orm: Executor,
  readySince: number | undefined,
): Promise<ShowCard[]> {
  const isReady = sql`EXISTS (SELECT 1 FROM ${recordings} WHERE ${recordings.showId} = ${shows.id}
    AND ${recordings.status} = 'ready' AND ${recordings.readyAt} >= ${new Date(readySince ?? 0).toISOString()})`;
  return selectCards(orm, and(eq(shows.status, 'ended'), isReady), desc(shows.endedAt));
}

export async function findShowsOfHost(orm: Executor, hostId: UserId): Promise<ShowCard[]> {
  return selectCards(orm, eq(shows.hostId, hostId), desc(shows.createdAt));
}

/** The shows of a merchant that are not over. */
export async function findOpenShowIds(orm: Executor, merchantId: MerchantId): Promise<ShowId[]> {
  const rows = await orm
    .select({ id: shows.id })
    .from(shows)
    .where(and(eq(shows.merchantId, merchantId), sql`${shows.status} <> 'ended'`));
  return rows.map((row) => row.id);
}
