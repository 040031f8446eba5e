import { createId, type HoldId, type SaleId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import type { Availability } from '../inventory/availability.ts';
import type { HoldScriptAnswer } from '../inventory/hold-scripts.ts';
import type { HoldStore, HoldView } from '../inventory/hold-store.ts';
import type { SaleRow } from '../inventory/pool-sync.ts';
import type { ShopFacts } from '../inventory/shop-facts.ts';
import { prepareHold, takeLoaded } from '../inventory/take-hold.ts';
import { findBannedOf } from '../moderation/ban-guard.ts';
import type { Outbox, OutboxItem } from '../outbox/outbox.ts';
import { findSale } from '../sales/sale-repository.ts';
import { changeEntry, countOffered, lockNext, type WaitlistRow } from './waitlist-repository.ts';
import { toldOfEnd } from './waitlist-view.ts';

export interface OfferDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly facts: ShopFacts;
  readonly holds: HoldStore;
  readonly availability: Availability;
  readonly clock: Clock;
  /** How long an offered unit is held. */
  readonly offerWindowMs: number;
}

/**
 * Offers the units of a sale that are free to those who wait, the first first, but for those who were banned meanwhile.
 * Several nodes may be asked at once.
 * Goods that cannot be bought at present, because the host took them off the line-up, are not offered.
 */
export type OfferUnits = (saleId: SaleId) => Promise<void>;

/** Offers of one transaction. */
const BATCH = 20;

export function createOfferUnits(
  deps: OfferDeps & { readonly resolveOffers: () => Promise<void> },
): OfferUnits {
  return async (saleId) => {
    const sale = await findSale(deps.db.orm, saleId);
    if (sale === undefined || sale.status === 'ended') return;
    if (await lacksHolds(deps, sale)) await deps.resolveOffers();
    const view = await prepareOffer(deps.facts, sale).catch(ignoreUnavailable);
    if (view === undefined) return;
    while (await inTransaction(deps.db, (tx) => offerBatch(deps, tx, { sale, view })));
  };
}

/** Goods that cannot be bought at present are no fault. */
export function ignoreUnavailable(error: unknown): undefined {
  if (!(error instanceof AppError)) throw error;
}

/** True when less is held than was offered: Redis may have lost holds, and who had an offer comes before who waits. */
async function lacksHolds(
  { db, holds }: Pick<OfferDeps, 'db' | 'holds'>,
  { id, merchantId }: SaleRow,
): Promise<boolean> {
  const [offered, counts] = await Promise.all([countOffered(db.orm, id), holds.counts(merchantId, [id])]);
  return (counts.get(id)?.held ?? 0) < offered;
}

/** A hold of one unit of the sale, at its price. Throws AppError as `TakeHold` does. */
export async function prepareOffer(facts: ShopFacts, sale: SaleRow): Promise<HoldView> {
  const cart = [{ variantId: sale.variantId, saleId: sale.id, quantity: 1 }];
  return prepareHold(facts, await facts.getShow(sale.showId), createId('hold'), cart);
}

interface Goods {
  readonly sale: SaleRow;
  readonly view: HoldView;
}

/** True when there may be more to offer. */
async function offerBatch(deps: OfferDeps, tx: Tx, goods: Goods): Promise<boolean> {
  if (!(await lockLine(tx, goods.sale.id))) return false;
  const told: OutboxItem[] = [];
  const next = await lockNext(tx, goods.sale.id, BATCH);
  const buyerIds = next.map(({ buyerId }) => buyerId);
  const banned = await findBannedOf(tx, goods.sale.showId, buyerIds);
  for (const entry of next) {
    const mayBuy = !banned.has(entry.buyerId);
    const outcome = await (mayBuy ? offerTo(deps, tx, goods, entry) : pass(deps, tx, goods, entry));
    if (outcome === 'nothing-left') break;
    told.push(outcome);
  }
  await deps.outbox.publish(tx, ...told);
  return told.length === BATCH;
}

/** One node at a time serves a line, so that units go out in its order. False while another does. */
async function lockLine(tx: Tx, saleId: SaleId): Promise<boolean> {
  const { rows } = await tx.execute(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`waitlist ${saleId}`}, 0)) as locked`,
  );
  return z.array(z.object({ locked: z.boolean() })).parse(rows)[0]?.locked === true;
}

async function offerTo(
  deps: OfferDeps,
  tx: Tx,
  goods: Goods,
  entry: WaitlistRow,
): Promise<OutboxItem | 'nothing-left'> {
  const { holdId, expiresAt, code } = await holdFor(deps, goods, entry);
  if (code === 'BUYER_LIMIT_REACHED') return pass(deps, tx, goods, entry);
  if (code !== 'OK' || expiresAt === undefined) return 'nothing-left';
  const now = deps.clock.now();
  await changeEntry(tx, entry, { status: 'offered', holdId, offerExpiresAt: expiresAt }, now);
  const { saleId, showId, buyerId } = entry;
  const offer = createEntry('waitlist:offered', now, { saleId, holdId, expiresAt }, buyerId);
  return { kind: 'timeline', showId, entry: offer };
}

type Taken = HoldScriptAnswer<'take-hold'> & { readonly holdId: HoldId };

/**
 * Takes the hold that the entry names. Whoever took it and died before writing it down has taken it for this buyer: it
 * is found again. When it is over meanwhile, the buyer has never heard of it, and gets another.
 */
async function holdFor(deps: OfferDeps, { view }: Goods, { holdId, buyerId }: WaitlistRow): Promise<Taken> {
  const take = async (id: HoldId): Promise<Taken> => {
    const offer = { view: { ...view, id }, buyerId, windowMs: deps.offerWindowMs, isOffer: true };
    return { ...(await takeLoaded(deps, offer)), holdId: id };
  };
  const named = await take(holdId ?? view.id);
  const isOver = named.code === 'OK' && (named.expiresAt ?? 0) <= named.now;
  return isOver ? take(createId('hold')) : named;
}

/** Who has all that one buyer may have, or is banned, waits for nothing. */
async function pass(
  { holds, availability, clock }: OfferDeps,
  tx: Tx,
  { sale: { merchantId } }: Goods,
  entry: WaitlistRow,
): Promise<OutboxItem> {
  const now = clock.now();
  await changeEntry(tx, entry, { status: 'passed' }, now);
  availability.changed(merchantId, await holds.waitLess(merchantId, entry.saleId, 'less', 1));
  return toldOfEnd({ ...entry, status: 'passed' }, now);
}
