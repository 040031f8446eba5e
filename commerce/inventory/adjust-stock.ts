import type { Stock } from '@souk/protocol/http/desk';
import type { MerchantId, UserId, VariantId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction } from '../db/database.ts';
import type { Availability } from './availability.ts';
import { findStock } from './list-stock.ts';
import { moveStock } from './move-stock.ts';

export interface Adjustment {
  readonly merchantId: MerchantId;
  readonly variantId: VariantId;
  /** Units that came (positive) or went (negative). */
  readonly delta: number;
  readonly reason: string;
  readonly actorId: UserId;
}

export type AdjustStock = (adjustment: Adjustment) => Promise<Stock>;

/** Most units of one variant, so that no sum leaves the range of the column. */
const MAX_ON_HAND = 1_000_000_000;

/** Corrects the stock of a variant. Throws AppError VARIANT_NOT_FOUND, INSUFFICIENT_STOCK when fewer units are free than go. */
export function createAdjustStock(deps: {
  readonly db: Database;
  readonly availability: Availability;
  readonly clock: Clock;
}): AdjustStock {
  return async ({ merchantId, variantId, delta, reason, actorId }) => {
    const after = await inTransaction(deps.db, async (tx) => {
      const before = await findStock(tx, merchantId, variantId);
      if (before === undefined) throw new AppError('VARIANT_NOT_FOUND');
      if (before.onHand + delta > MAX_ON_HAND)
        throw new AppError('INVALID_INPUT', { detail: 'too many units' });
      await moveStock(tx, 'adjust', [{ variantId, quantity: delta, reason, actorId }], {
        now: deps.clock.now(),
      });
      const stock = await findStock(tx, merchantId, variantId);
      if (stock === undefined) throw new AppError('VARIANT_NOT_FOUND');
      return stock;
    });
    await deps.availability.refreshOrLater(merchantId, { variantIds: [variantId], saleIds: [] });
    return after;
  };
}
