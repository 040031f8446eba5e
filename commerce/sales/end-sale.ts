import type { SaleId, ShowId } from '@souk/protocol/ids';
import { canBecome, type SaleEndReason, saleTransitions } from '@souk/protocol/states';
import { createEntry } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import type { Availability } from '../inventory/availability.ts';
import type { HoldStore } from '../inventory/hold-store.ts';
import { moveStock } from '../inventory/move-stock.ts';
import type { SaleRow } from '../inventory/pool-sync.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { findSale, lockRunningSales, lockSale, updateSale } from './sale-repository.ts';

export interface EndSaleDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly holds: HoldStore;
  readonly availability: Availability;
  readonly clock: Clock;
  readonly holdWindowMs: number;
}

/** Ends a running sale; one that has ended already, or is unknown, is left as it is. */
export type EndSale = (saleId: SaleId, reason: SaleEndReason) => Promise<void>;

/** What an ended sale waits beyond the hold window, so that a claim begun at its last moment is through. */
const SETTLE_MARGIN_MS = 3_000;

/**
 * Ends sales. Units that nobody holds go back to general availability at once; those of running holds stay set
 * aside until they are claimed or the sale is settled.
 */
export function createEndSale(deps: EndSaleDeps): EndSale {
  return async (saleId, reason) => {
    const sale = await findSale(deps.db.orm, saleId);
    if (sale === undefined || !canBecome(saleTransitions, sale.status, 'ended')) return;
    const held = await deps.holds.closeSale(sale.merchantId, saleId);
    try {
      await inTransaction(deps.db, async (tx) => {
        const locked = await lockSale(tx, saleId);
        if (locked?.status === 'running') await writeEnds(deps, tx, [{ sale: locked, held }], reason);
      });
    } catch (error) {
      await deps.holds.reopenSale(sale.merchantId, saleId);
      throw error;
    }
    await deps.availability.refreshOrLater(sale.merchantId, {
      variantIds: [sale.variantId],
      saleIds: [saleId],
    });
  };
}

/** Ends every running sale of a show inside the transaction that ends the show. The sweeper brings Redis in step. */
export function createEndSalesOfShow(deps: EndSaleDeps): (tx: Tx, showId: ShowId) => Promise<void> {
  return async (tx, showId) => {
    const running = await lockRunningSales(tx, showId);
    const ends = await Promise.all(
      running.map(async (sale) => ({ sale, held: await deps.holds.closeSale(sale.merchantId, sale.id) })),
    );
    await writeEnds(deps, tx, ends, 'show-ended');
  };
}

interface SaleEnd {
  readonly sale: SaleRow;
  readonly held: number;
}

async function writeEnds(
  deps: EndSaleDeps,
  tx: Tx,
  ends: readonly SaleEnd[],
  reason: SaleEndReason,
): Promise<void> {
  const now = deps.clock.now();
  const settleAfterMs = deps.holdWindowMs + SETTLE_MARGIN_MS;
  for (const { sale, held } of ends) {
    const returned = sale.returned + unheldUnits(sale, held);
    const change = {
      status: 'ended',
      endReason: reason,
      returned,
      endedAt: now,
      settleAt: now + settleAfterMs,
    } as const;
    await updateSale(tx, sale, change, now);
  }
  const back = ends.map(({ sale, held }) => ({
    variantId: sale.variantId,
    quantity: unheldUnits(sale, held),
    saleId: sale.id,
    reason: 'sale ended',
  }));
  await moveStock(
    tx,
    'deallocate',
    back.filter(({ quantity }) => quantity > 0),
    { now },
  );
  for (const { sale } of ends) {
    const { id: saleId, showId } = sale;
    await deps.outbox.publish(
      tx,
      { kind: 'timeline', showId, entry: createEntry('sale:ended', now, { saleId, reason }) },
      { kind: 'job', name: 'sale-settle', payload: { saleId }, jobId: saleId, delayMs: settleAfterMs },
    );
  }
}

/** Units of a sale that neither an order nor a hold has. */
function unheldUnits(sale: SaleRow, held: number): number {
  return Math.max(0, sale.units - sale.claimed - sale.returned - held);
}
