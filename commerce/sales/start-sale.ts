import type { Sale } from '@souk/protocol/http/sales';
import { createId, type ShowId, type VariantId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { readVariantFacts } from '../catalog/product-repository.ts';
import { type Database, inTransaction, isUniqueViolation, type Tx } from '../db/database.ts';
import { sales } from '../db/schema/sales.ts';
import type { Availability } from '../inventory/availability.ts';
import type { HoldStore } from '../inventory/hold-store.ts';
import type { SaleRow } from '../inventory/pool-sync.ts';
import type { Outbox, OutboxItem } from '../outbox/outbox.ts';
import { findLineup, lockOpenShow } from '../shows/show-repository.ts';
import type { EndSale } from './end-sale.ts';
import { planSale, type SaleTimes } from './plan-sale.ts';
import { findOverdueSales, overlapsOther } from './sale-repository.ts';
import { findParts, poolsOfSale, setAside } from './sale-units.ts';
import { entryOfState, toSaleView } from './sale-view.ts';

export interface NewSale extends SaleTimes {
  readonly variantId: VariantId;
  readonly units: number;
  readonly priceMinor: number;
  readonly perBuyerLimit: number;
  /** Most units that it ever sells; left out: all. */
  readonly totalLimit?: number | undefined;
}

export interface StartSaleDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly holds: HoldStore;
  readonly availability: Availability;
  readonly endSale: EndSale;
  readonly clock: Clock;
}

export type StartSale = (showId: ShowId, sale: NewSale) => Promise<Sale>;

/**
 * Sets units of the stock aside for a flash sale, and starts it: now, after its countdown, or at its instant. Throws
 * AppError INVALID_PRICE, INVALID_INPUT for an instant that does not fit, SHOW_NOT_FOUND, SHOW_NOT_LIVE, SHOW_ENDED,
 * VARIANT_NOT_FOUND, PRODUCT_NOT_IN_LINEUP, SALE_ALREADY_RUNNING when viewers would see another sale of the variant at
 * the same time, INSUFFICIENT_STOCK.
 */
export function createStartSale(deps: StartSaleDeps): StartSale {
  const { db, availability, endSale, clock } = deps;
  return async (showId, wish) => {
    if (wish.priceMinor <= 0) throw new AppError('INVALID_PRICE');
    // A sale whose time is up may still wait for its job; it is not in the way.
    for (const overdue of await findOverdueSales(db.orm, showId, wish.variantId, clock.now()))
      await endSale(overdue.id, 'time-up');
    const sale = await inTransaction(db, (tx) => writeSale(deps, tx, showId, wish)).catch(explain);
    await availability.refreshOrLater(sale.merchantId, poolsOfSale(sale));
    return toSaleView(sale, 0);
  };
}

function explain(error: unknown): never {
  if (isUniqueViolation(error)) throw new AppError('SALE_ALREADY_RUNNING', { cause: error });
  throw error;
}

async function writeSale(deps: StartSaleDeps, tx: Tx, showId: ShowId, wish: NewSale): Promise<SaleRow> {
  const sale = await prepareSale(deps, tx, showId, wish);
  if (await overlapsOther(tx, sale)) throw new AppError('SALE_ALREADY_RUNNING');
  await tx.insert(sales).values(sale);
  await setAside(deps, tx, sale, sale.units);
  const entry = entryOfState(sale);
  if (entry !== undefined) await deps.outbox.publish(tx, { kind: 'timeline', showId, entry });
  await deps.outbox.publish(tx, ...jobsOf(sale, deps.clock.now()));
  return sale;
}

async function prepareSale(
  { clock }: StartSaleDeps,
  tx: Tx,
  showId: ShowId,
  wish: NewSale,
): Promise<SaleRow> {
  const show = await lockOpenShow(tx, showId);
  if (show.status !== 'live' && wish.startsAt === undefined) throw new AppError('SHOW_NOT_LIVE');
  const [variant] = await readVariantFacts(tx, [wish.variantId]);
  if (variant === undefined) throw new AppError('VARIANT_NOT_FOUND');
  const lineup = await findLineup(tx, showId);
  if (!lineup.includes(variant.productId)) throw new AppError('PRODUCT_NOT_IN_LINEUP');
  const now = clock.now();
  const { variantId, units, priceMinor, perBuyerLimit } = wish;
  return {
    id: createId('sale'),
    showId,
    merchantId: show.merchantId,
    productId: variant.productId,
    variantId,
    ...planSale(wish, now),
    endReason: null,
    priceMinor,
    perBuyerLimit,
    units,
    totalLimit: wish.totalLimit ?? null,
    parts: await findParts(tx, variantId),
    claimed: 0,
    returned: 0,
    soldOut: false,
    version: 1,
    endedAt: null,
    settleAt: null,
    updatedAt: now,
  };
}

/** What is still to happen to a new sale by itself. */
function jobsOf(sale: SaleRow, now: number): OutboxItem[] {
  const { id: saleId, status, announceAt, startsAt, endsAt } = sale;
  const job = { kind: 'job', payload: { saleId }, jobId: saleId } as const;
  const jobs: OutboxItem[] = [{ ...job, name: 'sale-end', delayMs: endsAt - now }];
  if (status !== 'running') jobs.unshift({ ...job, name: 'sale-begin', delayMs: startsAt - now });
  if (status === 'scheduled' && announceAt < startsAt)
    jobs.unshift({ ...job, name: 'sale-announce', delayMs: announceAt - now });
  return jobs;
}
