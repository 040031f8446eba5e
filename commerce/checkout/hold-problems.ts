import type { HoldId, MerchantId, UserId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { HoldScriptAnswer } from '../inventory/hold-scripts.ts';
import type { HoldStore } from '../inventory/hold-store.ts';

/** The one merchant of these holds. Throws AppError HOLD_LOST when the buyer has no such hold, MIXED_CART. */
export async function getHoldsMerchant(
  holds: HoldStore,
  buyerId: UserId,
  holdIds: readonly HoldId[],
): Promise<MerchantId> {
  const found = await Promise.all(holdIds.map((holdId) => holds.findMerchant(buyerId, holdId)));
  const [merchantId] = found;
  // A hold that Redis has forgotten cannot be told from one that never was.
  if (merchantId === undefined || found.includes(undefined)) throw new AppError('HOLD_LOST');
  if (found.some((other) => other !== merchantId)) throw new AppError('MIXED_CART');
  return merchantId;
}

/** Why a hold cannot become an order. */
export function holdProblem(code: Exclude<HoldScriptAnswer<'begin-claim'>['code'], 'OK'>): AppError {
  switch (code) {
    case 'NOT_FOUND':
    case 'released':
      return new AppError('HOLD_LOST');
    case 'expired':
      return new AppError('HOLD_EXPIRED');
    case 'claimed':
      return new AppError('INVALID_TRANSITION', { detail: 'the hold went into another order' });
    case 'claiming':
      return new AppError('PAYMENT_IN_PROGRESS');
  }
}
