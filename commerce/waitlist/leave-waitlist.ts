import type { SaleId, ShowId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { Database } from '../db/database.ts';
import type { Caller } from '../http/caller.ts';
import type { Availability } from '../inventory/availability.ts';
import type { HoldStore } from '../inventory/hold-store.ts';
import type { ShopFacts } from '../inventory/shop-facts.ts';
import { changeEntry, findActiveEntry, type WaitlistRow } from './waitlist-repository.ts';

export type LeaveWaitlist = (caller: Caller, showId: ShowId, saleId: SaleId) => Promise<void>;

/**
 * Ends a buyer's wait at the buyer's wish; a unit that was offered goes to the next. Who does not wait is left alone.
 * Throws AppError SALE_NOT_FOUND, or INVALID_TRANSITION when the offer went, or is going, into an order.
 */
export function createLeaveWaitlist(deps: {
  readonly db: Database;
  readonly facts: Pick<ShopFacts, 'getSale'>;
  readonly holds: HoldStore;
  readonly availability: Availability;
  readonly clock: Clock;
}): LeaveWaitlist {
  const { db, facts, holds, availability, clock } = deps;
  const release = async ({ holdId, buyerId, saleId }: WaitlistRow): Promise<void> => {
    if (holdId === null) return;
    const { merchantId } = await facts.getSale(saleId);
    const { code, left } = await holds.release(merchantId, holdId, buyerId);
    if (code === 'claiming' || code === 'claimed') throw new AppError('INVALID_TRANSITION');
    availability.changed(merchantId, left);
  };
  return async ({ userId }, showId, saleId) => {
    const { merchantId, showId: ofShow } = await facts.getSale(saleId);
    if (ofShow !== showId) throw new AppError('SALE_NOT_FOUND');
    // An offer may be made while the wait ends: then it is the offer that ends.
    for (;;) {
      const entry = await findActiveEntry(db.orm, saleId, userId);
      if (entry === undefined) return;
      if (entry.status === 'offered') await release(entry);
      if ((await changeEntry(db.orm, entry, { status: 'left' }, clock.now())) === undefined) continue;
      if (entry.status === 'waiting')
        availability.changed(merchantId, await holds.waitLess(merchantId, saleId, 'less', 1));
      return;
    }
  };
}
