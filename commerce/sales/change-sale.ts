import { createHash } from 'node:crypto';
import type { Sale } from '@souk/protocol/http/sales';
import type { SaleId, ShowId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { and, eq } from 'drizzle-orm';
import { type Database, type Executor, inTransaction, type Tx } from '../db/database.ts';
import { saleChanges } from '../db/schema/sales.ts';
import type { Availability } from '../inventory/availability.ts';
import type { HoldStore } from '../inventory/hold-store.ts';
import type { SaleRow } from '../inventory/pool-sync.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { lockOpenShow } from '../shows/show-repository.ts';
import { findSale, lockSale, overlapsOther, updateSale } from './sale-repository.ts';
import { poolsOfSale, setAside } from './sale-units.ts';
import { toSaleViews } from './sale-view.ts';

export interface ChangeSaleDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly holds: HoldStore;
  readonly availability: Availability;
  readonly clock: Clock;
}

/** A change that a host asks for under a key: the same key asks for it once. */
export interface SaleChange {
  readonly showId: ShowId;
  readonly saleId: SaleId;
  readonly key: string;
}

export type ExtendSale = (change: SaleChange & { readonly seconds: number }) => Promise<Sale>;
export type RestockSale = (change: SaleChange & { readonly units: number }) => Promise<Sale>;

/**
 * Puts the end of a sale off by `seconds`. Throws AppError SALE_NOT_FOUND, SALE_NOT_OPEN when it is over, SALE_TOO_LONG,
 * SALE_ALREADY_RUNNING when it would last into the next sale of its variant, IDEMPOTENCY_KEY_REUSED, SHOW_ENDED.
 */
export function createExtendSale(deps: ChangeSaleDeps): ExtendSale {
  return ({ seconds, ...change }) =>
    changeOnce(deps, change, ['extend', seconds], async (tx, sale) => {
      const endsAt = sale.endsAt + seconds * 1_000;
      if (endsAt - sale.startsAt > limits.saleSecondsMax * 1_000) throw new AppError('SALE_TOO_LONG');
      if (await overlapsOther(tx, { ...sale, endsAt }, sale.id)) throw new AppError('SALE_ALREADY_RUNNING');
      const now = deps.clock.now();
      await updateSale(tx, sale, { endsAt }, now);
      const { id: saleId, showId } = sale;
      const entry = createEntry('sale:extended', now, { saleId, endsAt });
      // The job of the old end finds that it is not due; this one has a name of its own.
      const jobId = `${saleId}-${endsAt}`;
      await deps.outbox.publish(
        tx,
        { kind: 'timeline', showId, entry },
        { kind: 'job', name: 'sale-end', payload: { saleId }, jobId, delayMs: endsAt - now },
      );
    });
}

/**
 * Sets more units aside for a sale. Throws AppError SALE_NOT_FOUND, SALE_NOT_OPEN when it is over, INSUFFICIENT_STOCK,
 * IDEMPOTENCY_KEY_REUSED, SHOW_ENDED.
 */
export function createRestockSale(deps: ChangeSaleDeps): RestockSale {
  return ({ units: more, ...change }) =>
    changeOnce(deps, change, ['restock', more], async (tx, sale) => {
      await setAside(deps, tx, sale, more);
      const now = deps.clock.now();
      const units = sale.units + more;
      await updateSale(tx, sale, { units, soldOut: false }, now);
      const entry = createEntry('sale:restocked', now, { saleId: sale.id, units });
      await deps.outbox.publish(tx, { kind: 'timeline', showId: sale.showId, entry });
    });
}

/** Does the work unless the key was used before, and gives back the sale as it is then. */
async function changeOnce(
  deps: ChangeSaleDeps,
  change: SaleChange,
  request: readonly unknown[],
  work: (tx: Tx, sale: SaleRow) => Promise<void>,
): Promise<Sale> {
  const requestHash = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  const sale = await inTransaction(deps.db, async (tx) => {
    await getSaleOfShow(tx, change);
    // Everybody locks the show before its sales; whoever repeats the request waits here for the first.
    if (await isRepeat(tx, change, requestHash)) return getSaleOfShow(tx, change);
    await lockOpenShow(tx, change.showId);
    if (await isRepeat(tx, change, requestHash)) return getSaleOfShow(tx, change);
    const now = deps.clock.now();
    const locked = await lockSale(tx, change.saleId);
    if (locked === undefined || locked.status === 'ended' || locked.endsAt <= now)
      throw new AppError('SALE_NOT_OPEN');
    await work(tx, locked);
    const { saleId, key: idempotencyKey } = change;
    await tx.insert(saleChanges).values({ saleId, idempotencyKey, requestHash, at: now });
    return getSaleOfShow(tx, change);
  });
  await deps.availability.refreshOrLater(sale.merchantId, poolsOfSale(sale));
  const [view] = await toSaleViews(deps.db.orm, [sale]);
  if (view === undefined) throw new AppError('SALE_NOT_FOUND');
  return view;
}

/** Throws AppError SALE_NOT_FOUND when the show has no such sale. */
export async function getSaleOfShow(
  db: Executor,
  { showId, saleId }: Pick<SaleChange, 'showId' | 'saleId'>,
): Promise<SaleRow> {
  const sale = await findSale(db, saleId);
  if (sale === undefined || sale.showId !== showId) throw new AppError('SALE_NOT_FOUND');
  return sale;
}

async function isRepeat(tx: Tx, { saleId, key }: SaleChange, requestHash: string): Promise<boolean> {
  const [earlier] = await tx
    .select({ requestHash: saleChanges.requestHash })
    .from(saleChanges)
    .where(and(eq(saleChanges.saleId, saleId), eq(saleChanges.idempotencyKey, key)));
  if (earlier !== undefined && earlier.requestHash !== requestHash)
    throw new AppError('IDEMPOTENCY_KEY_REUSED');
  return earlier !== undefined;
}
