import type { SaleId, ShowId, UserId } from '@souk/protocol/ids';
import { canBecome, type SaleEndReason, saleTransitions } from '@souk/protocol/states';
import { createEntry } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import type { Availability } from '../inventory/availability.ts';
import type { HoldStore } from '../inventory/hold-store.ts';
import { moveStock } from '../inventory/move-stock.ts';
import type { SaleRow } from '../inventory/pool-sync.ts';
import { writeAudit } from '../moderation/audit-log.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { isDue } from './due.ts';
import { findSale, lockOpenSales, lockSale, updateSale } from './sale-repository.ts';
import { movementsOf, poolsOfSale } from './sale-units.ts';

export interface EndSaleDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly holds: HoldStore;
  readonly availability: Availability;
  readonly clock: Clock;
  readonly holdWindowMs: number;
}

/**
 * Ends a sale that is scheduled, announced or running; one that has ended already, or is unknown, is left as it is, and
 * so is one with the reason `time-up` whose end was put off. Of a sale that somebody stops, the log says who did.
 */
export type EndSale = (saleId: SaleId, reason: SaleEndReason, stop?: SaleStop) => Promise<void>;

/** Who stops a sale, and why in their words. */
export interface SaleStop {
  readonly actorId: UserId;
  readonly reason: string;
}

/** What an ended sale waits beyond the hold window, so that a claim begun at its last moment is through. */
const SETTLE_MARGIN_MS = 3_000;

/**
 * Ends sales. Units that nobody holds go back to general availability at once; those of running holds stay set
 * aside until they are claimed or the sale is settled.
 */
export function createEndSale(deps: EndSaleDeps): EndSale {
  const mayEnd = (sale: SaleRow | undefined, reason: SaleEndReason): sale is SaleRow =>
    sale !== undefined &&
    canBecome(saleTransitions, sale.status, 'ended') &&
    (reason !== 'time-up' || isDue(sale.endsAt, deps.clock.now()));
  return async (saleId, reason, stop) => {
    const sale = await findSale(deps.db.orm, saleId);
    if (!mayEnd(sale, reason)) return;
    const held = await deps.holds.closeSale(sale.merchantId, saleId);
    const ended = await inTransaction(deps.db, async (tx) => {
      const locked = await lockSale(tx, saleId);
      if (locked === undefined || locked.status === 'ended') return true;
      if (!mayEnd(locked, reason)) return false;
      await writeEnds(deps, tx, [{ sale: locked, held }], reason);
      if (stop !== undefined) await writeStop(tx, locked, stop, deps.clock.now());
      return true;
    }).catch(async (error: unknown) => {
      await deps.holds.reopenSale(sale.merchantId, saleId);
      throw error;
    });
    // Somebody has put its end off meanwhile.
    if (!ended) await deps.holds.reopenSale(sale.merchantId, saleId);
    await deps.availability.refreshOrLater(sale.merchantId, poolsOfSale(sale));
  };
}

/** Ends every sale of a show that has not ended, inside the transaction that ends the show. The sweeper brings Redis in step. */
export function createEndSalesOfShow(deps: EndSaleDeps): (tx: Tx, showId: ShowId) => Promise<void> {
  return async (tx, showId) => {
    const open = await lockOpenSales(tx, showId);
    const ends = await Promise.all(
      open.map(async (sale) => ({ sale, held: await deps.holds.closeSale(sale.merchantId, sale.id) })),
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
  const back = ends.flatMap(({ sale, held }) => movementsOf(sale, unheldUnits(sale, held), 'sale ended'));
  await moveStock(tx, 'deallocate', back, { now });
  for (const { sale } of ends) {
    const { id: saleId, showId } = sale;
    await deps.outbox.publish(
      tx,
      { kind: 'timeline', showId, entry: createEntry('sale:ended', now, { saleId, reason }) },
      { kind: 'job', name: 'sale-settle', payload: { saleId }, jobId: saleId, delayMs: settleAfterMs },
    );
  }
}

async function writeStop(tx: Tx, sale: SaleRow, stop: SaleStop, at: number): Promise<void> {
  const { id: subject, showId } = sale;
  await writeAudit(tx, { at, action: 'sale:stop', showId, subject, ...stop });
}

/** Units of a sale that neither an order nor a hold has. */
function unheldUnits(sale: SaleRow, held: number): number {
  return Math.max(0, sale.units - sale.claimed - sale.returned - held);
}
