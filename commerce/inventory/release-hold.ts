import type { HoldId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Caller } from '../http/caller.ts';
import type { Availability } from './availability.ts';
import type { HoldStore } from './hold-store.ts';

export type ReleaseHold = (caller: Caller, holdId: HoldId) => Promise<void>;

/**
 * Gives the units of an own hold back. A hold that was released before stays so. Throws AppError HOLD_NOT_FOUND,
 * HOLD_EXPIRED, or INVALID_TRANSITION when it went, or is going, into an order.
 */
export function createReleaseHold(deps: {
  readonly holds: HoldStore;
  readonly availability: Availability;
}): ReleaseHold {
  return async (caller, holdId) => {
    const merchantId = await deps.holds.findMerchant(caller.userId, holdId);
    if (merchantId === undefined) throw new AppError('HOLD_NOT_FOUND');
    const { code, left } = await deps.holds.release(merchantId, holdId, caller.userId);
    deps.availability.changed(merchantId, left);
    switch (code) {
      case 'OK':
      case 'released':
        return;
      case 'NOT_FOUND':
        throw new AppError('HOLD_NOT_FOUND');
      case 'expired':
        throw new AppError('HOLD_EXPIRED');
      case 'claiming':
      case 'claimed':
        throw new AppError('INVALID_TRANSITION');
    }
  };
}
