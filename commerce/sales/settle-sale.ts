import type { SaleId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction } from '../db/database.ts';
import type { Availability } from '../inventory/availability.ts';
import type { HoldStore } from '../inventory/hold-store.ts';
import { moveStock } from '../inventory/move-stock.ts';
import { findSale, lockSale, updateSale } from './sale-repository.ts';
import { movementsOf, poolsOfSale } from './sale-units.ts';

export interface SettleSaleDeps {
  readonly db: Database;
  readonly holds: HoldStore;
  readonly availability: Availability;
  readonly clock: Clock;
}

export type SettleSale = (saleId: SaleId) => Promise<void>;

/**
 * Gives back what an ended sale still has set aside once its last holds are over. Idempotent.
 * Throws AppError UNAVAILABLE, to be tried again, while something is still held.
 */
export function createSettleSale({ db, holds, availability, clock }: SettleSaleDeps): SettleSale {
  return async (saleId) => {
    const sale = await findSale(db.orm, saleId);
    if (sale === undefined || sale.status !== 'ended') return;
    // Expiring is lazy: the counts say what is held only after it.
    await holds.expireDue(sale.merchantId, { limit: EXPIRE_LIMIT, told: [] });
    const held = (await holds.counts(sale.merchantId, [saleId])).get(saleId)?.held ?? 0;
    await inTransaction(db, async (tx) => {
      const locked = await lockSale(tx, saleId);
      if (locked === undefined) return;
      const quantity = locked.units - locked.claimed - locked.returned - held;
      if (quantity <= 0) return;
      const now = clock.now();
      await updateSale(tx, locked, { returned: locked.returned + quantity }, now);
      await moveStock(tx, 'deallocate', movementsOf(locked, quantity, 'sale settled'), { now });
    });
    await availability.refreshOrLater(sale.merchantId, poolsOfSale(sale));
    if (held > 0) throw new AppError('UNAVAILABLE', { detail: `${held} units are still held` });
  };
}

const EXPIRE_LIMIT = 1_000;
