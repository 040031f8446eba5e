import { createId, type SaleId, type ShowId, type VariantId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { readVariantFacts } from '../catalog/product-repository.ts';
import { type Database, inTransaction, isUniqueViolation, type Tx } from '../db/database.ts';
import { sales } from '../db/schema/sales.ts';
import type { Availability } from '../inventory/availability.ts';
import type { HoldStore } from '../inventory/hold-store.ts';
import { moveStock } from '../inventory/move-stock.ts';
import { type SaleRow, stockPool } from '../inventory/pool-sync.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { boundInstant } from '../shows/pin-product.ts';
import { findLineup, lockOpenShow } from '../shows/show-repository.ts';
import type { EndSale } from './end-sale.ts';
import { findRunningSale } from './sale-repository.ts';

export interface NewSale {
  readonly variantId: VariantId;
  readonly units: number;
  readonly priceMinor: number;
  readonly perBuyerLimit: number;
  readonly seconds: number;
  /** The instant that the host meant, server wall-clock milliseconds. */
  readonly at?: number | undefined;
}

export interface StartedSale {
  readonly saleId: SaleId;
  readonly startsAt: number;
  readonly endsAt: number;
}

export interface StartSaleDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly holds: HoldStore;
  readonly availability: Availability;
  readonly endSale: EndSale;
  readonly clock: Clock;
}

export type StartSale = (showId: ShowId, sale: NewSale) => Promise<StartedSale>;

/**
 * Starts a flash sale: sets units of the stock aside. Throws AppError INVALID_PRICE, SHOW_NOT_FOUND, SHOW_NOT_LIVE,
 * SHOW_ENDED, VARIANT_NOT_FOUND, PRODUCT_NOT_IN_LINEUP, SALE_ALREADY_RUNNING, INSUFFICIENT_STOCK.
 */
export function createStartSale(deps: StartSaleDeps): StartSale {
  return async (showId, wish) => {
    if (wish.priceMinor <= 0) throw new AppError('INVALID_PRICE');
    await endOverdue(deps, showId, wish.variantId);
    const sale = await inTransaction(deps.db, (tx) => writeSale(deps, tx, showId, wish)).catch(explain);
    const names = { variantIds: [sale.variantId], saleIds: [sale.id] };
    await deps.availability.refreshOrLater(sale.merchantId, names);
    return { saleId: sale.id, startsAt: sale.startsAt, endsAt: sale.endsAt };
  };
}

/** A sale whose time is up may still wait for its job; it is not in the way. */
async function endOverdue(
  { db, endSale, clock }: StartSaleDeps,
  showId: ShowId,
  variantId: VariantId,
): Promise<void> {
  const running = await findRunningSale(db.orm, showId, variantId);
  if (running !== undefined && running.endsAt <= clock.now()) await endSale(running.id, 'time-up');
}

function explain(error: unknown): never {
  if (isUniqueViolation(error)) throw new AppError('SALE_ALREADY_RUNNING', { cause: error });
  throw error;
}

async function writeSale(deps: StartSaleDeps, tx: Tx, showId: ShowId, wish: NewSale): Promise<SaleRow> {
  const sale = await prepareSale(deps, tx, showId, wish);
  await tx.insert(sales).values(sale);
  await setAside(deps, tx, sale);
  const { id: saleId, productId, variantId, units, priceMinor, perBuyerLimit, startsAt, endsAt } = sale;
  const facts = { saleId, productId, variantId, units, priceMinor, perBuyerLimit, startsAt, endsAt };
  await deps.outbox.publish(
    tx,
    { kind: 'timeline', showId, entry: createEntry('sale:started', startsAt, facts) },
    { kind: 'job', name: 'sale-end', payload: { saleId }, jobId: saleId, delayMs: endsAt - deps.clock.now() },
  );
  return sale;
}

async function prepareSale(
  { clock }: StartSaleDeps,
  tx: Tx,
  showId: ShowId,
  wish: NewSale,
): Promise<SaleRow> {
  const show = await lockOpenShow(tx, showId);
  if (show.status !== 'live') throw new AppError('SHOW_NOT_LIVE');
  const [variant] = await readVariantFacts(tx, [wish.variantId]);
  if (variant === undefined) throw new AppError('VARIANT_NOT_FOUND');
  const lineup = await findLineup(tx, showId);
  if (!lineup.includes(variant.productId)) throw new AppError('PRODUCT_NOT_IN_LINEUP');
  const now = clock.now();
  const startsAt = boundInstant(wish.at, now);
  const { variantId, units, priceMinor, perBuyerLimit } = wish;
  return {
    id: createId('sale'),
    showId,
    merchantId: show.merchantId,
    productId: variant.productId,
    variantId,
    status: 'running',
    endReason: null,
    priceMinor,
    perBuyerLimit,
    units,
    claimed: 0,
    returned: 0,
    soldOut: false,
    version: 1,
    startsAt,
    endsAt: startsAt + wish.seconds * 1_000,
    endedAt: null,
    settleAt: null,
    updatedAt: now,
  };
}

/** Units that buyers hold at the ordinary price are spoken for, though PostgreSQL does not know of them yet. */
async function setAside({ holds, clock }: StartSaleDeps, tx: Tx, sale: SaleRow): Promise<void> {
  const { variantId, units, merchantId, id: saleId } = sale;
  const [after] = await moveStock(tx, 'allocate', [{ variantId, quantity: units, saleId }], {
    now: clock.now(),
  });
  const held = (await holds.counts(merchantId, [variantId])).get(variantId)?.held ?? 0;
  if (after === undefined || stockPool(after).supply < held) throw new AppError('INSUFFICIENT_STOCK');
}
