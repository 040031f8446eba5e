import type { ShowId } from '@souk/protocol/ids';
import { createEntry, type NewEntry } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { ShowDirectory } from '@souk/timeline/show-directory';
import type { Timeline } from '@souk/timeline/timeline';
import { and, asc, eq, gt, lt, ne, sql } from 'drizzle-orm';
import { readProductCards } from '../catalog/product-repository.ts';
import { toCouponCard } from '../coupons/coupon-repository.ts';
import { type Database, type Executor, inTransaction, type Tx } from '../db/database.ts';
import { users } from '../db/schema/accounts.ts';
import { coupons } from '../db/schema/coupons.ts';
import { mutes, showModerators } from '../db/schema/moderation.ts';
import { outbox } from '../db/schema/outbox.ts';
import { sales } from '../db/schema/sales.ts';
import { shows } from '../db/schema/shows.ts';
import { readModeration } from '../moderation/read-moderation.ts';
import { readArchivedChat } from './restore-chat.ts';
import { findLineup, getShowCard, lockShow } from './show-repository.ts';

export interface RestoreTimelines {
  /** The directory of open shows, and the timelines of all that are open or have something to be told. */
  all(): Promise<void>;
  /** The timelines of shows for which an entry has been waiting since before that instant, Unix milliseconds. */
  waiting(before: number): Promise<void>;
}

export interface RestoreDeps {
  readonly db: Database;
  readonly timeline: Timeline;
  readonly directory: ShowDirectory;
  /** Of all shows that have a timeline. */
  readonly timelines: ShowDirectory;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Brings Redis in step with PostgreSQL after it has lost timelines: all that was a durable command and still holds is
 * there again, and the newest messages of the chat as far as they were archived.
 */
export function createRestoreTimelines(deps: RestoreDeps): RestoreTimelines {
  const { db, timeline, directory, timelines } = deps;
  const restoreLost = async (showIds: readonly ShowId[]): Promise<void> => {
    for (const showId of showIds) {
      if ((await timeline.epoch(showId)) === undefined) await restore(deps, showId);
      // After it has begun: of one that has not, nobody needs to know.
      await timelines.add(showId);
    }
  };
  return {
    async all() {
      const open = await db.orm
        .select({ id: shows.id, status: shows.status })
        .from(shows)
        .where(ne(shows.status, 'ended'));
      for (const { id, status } of open) if (status === 'live') await directory.add(id);
      await restoreLost(open.map(({ id }) => id));
    },
    async waiting(before) {
      const rows = await db.orm
        .selectDistinct({ id: shows.id })
        .from(shows)
        .innerJoin(outbox, eq(outbox.lane, shows.id))
        .where(lt(outbox.createdAt, before));
      await restoreLost(rows.map(({ id }) => id));
    },
  };
}

/**
 * One snapshot tells what is so and what the relay still has to tell; its rows are locked meanwhile. So each fact is
 * told once: here, or by its row afterwards. A row that the relay has in hand is a conflict, and all is read anew.
 */
async function restore({ db, timeline, clock, logger }: RestoreDeps, showId: ShowId): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.execute(sql`set transaction isolation level repeatable read`);
    await lockShow(tx, showId);
    const waiting = await readWaiting(tx, showId);
    // It was never begun.
    if (waiting.some(({ type }) => type === 'show:created')) return;
    const facts = [
      ...(await readFacts(tx, showId)),
      ...(await readStaff(tx, showId, clock.now())),
      ...(await readModeration(tx, showId, clock.now())),
      ...(await readSales(tx, showId)),
      ...(await readPinnedCoupon(tx, showId, clock.now())),
      ...(await readArchivedChat(tx, showId, logger)),
    ];
    const later = new Set(waiting.map(nameOf));
    await timeline.begin(
      showId,
      facts.filter((fact) => !later.has(nameOf(fact))),
    );
  });
}

async function readWaiting(tx: Tx, showId: ShowId): Promise<NewEntry[]> {
  const rows = await tx
    .select({ payload: outbox.payload })
    .from(outbox)
    .where(eq(outbox.lane, showId))
    .orderBy(outbox.seq)
    .for('update');
  return rows.flatMap(({ payload }) => (payload.kind === 'timeline' ? [payload.entry] : []));
}

/** Facts of the same name are the same fact. */
function nameOf(entry: NewEntry): string {
  switch (entry.type) {
    case 'sale:scheduled':
    case 'sale:announced':
    case 'sale:started':
      return `${entry.type} ${entry.data.saleId}`;
    case 'show:created':
    case 'show:went-live':
    case 'show:ended':
      return entry.type;
    default:
      // May be told again: the later one counts.
      return JSON.stringify(entry);
  }
}

async function readFacts(orm: Executor, showId: ShowId): Promise<NewEntry[]> {
  const card = await getShowCard(orm, showId);
  const { title, merchantId, merchantName, hostId, hostName, currency, policy, createdAt, liveSince } = card;
  const { endedAt, endReason } = card;
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
  if (endedAt !== null && endReason !== null)
    entries.push(createEntry('show:ended', endedAt, { reason: endReason }));
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
  const open = await orm
    .select()
    .from(sales)
    .where(and(eq(sales.showId, showId), ne(sales.status, 'ended')))
    .orderBy(asc(sales.startsAt));
  return open.flatMap(entriesOf);
}

function entriesOf(sale: typeof sales.$inferSelect): NewEntry[] {
  const { id: saleId, productId, variantId, units, priceMinor, perBuyerLimit, startsAt, endsAt } = sale;
  const facts = { saleId, productId, variantId, units, priceMinor, perBuyerLimit, startsAt, endsAt };
  switch (sale.status) {
    case 'scheduled':
      return [createEntry('sale:scheduled', sale.updatedAt, facts)];
    case 'announced':
      return [createEntry('sale:announced', sale.announceAt, facts)];
    case 'running': {
      const soldOut = sale.soldOut ? [createEntry('sale:sold-out', sale.updatedAt, { saleId })] : [];
      return [createEntry('sale:started', startsAt, facts), ...soldOut];
    }
    case 'ended':
      return [];
  }
}

async function readPinnedCoupon(orm: Executor, showId: ShowId, now: number): Promise<NewEntry[]> {
  const pinned = await orm
    .select({ coupon: coupons })
    .from(shows)
    .innerJoin(coupons, eq(coupons.id, shows.pinnedCouponId))
    .where(eq(shows.id, showId));
  return pinned.map(({ coupon }) => createEntry('coupon:pinned', now, toCouponCard(coupon)));
}
