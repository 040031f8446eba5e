import type { HoldId, MerchantId } from '@souk/protocol/ids';
import { eq, inArray } from 'drizzle-orm';
import type { CrashSeam } from '../crash-seam.ts';
import type { Database } from '../db/database.ts';
import { orderHolds, orderLines } from '../db/schema/orders.ts';
import type { Availability } from './availability.ts';
import { nothingToSync, poolsOf } from './pool-sync.ts';

/**
 * Ends claims that were begun, by what PostgreSQL says: holds that are in an order were claimed; the others become
 * what `otherwise` says.
 */
export type ResolveClaims = (
  merchantId: MerchantId,
  holdIds: readonly HoldId[],
  otherwise: 'released' | 'active',
) => Promise<void>;

export function createResolveClaims(deps: {
  readonly db: Database;
  readonly availability: Availability;
  readonly crash: CrashSeam;
}): ResolveClaims {
  const { db, availability, crash } = deps;
  return async (merchantId, holdIds, otherwise) => {
    if (holdIds.length === 0) return;
    if (crash.isGuardBroken) {
      await availability.finishClaim(merchantId, holdIds, otherwise, nothingToSync);
      return;
    }
    const lines = await db.orm
      .select({
        holdId: orderHolds.holdId,
        variantId: orderLines.variantId,
        saleId: orderLines.saleId,
        parts: orderLines.parts,
      })
      .from(orderHolds)
      .innerJoin(orderLines, eq(orderLines.orderId, orderHolds.orderId))
      .where(inArray(orderHolds.holdId, [...holdIds]));
    const claimed = new Set(lines.map(({ holdId }) => holdId));
    if (claimed.size > 0) {
      await availability.refresh(merchantId, poolsOf(lines));
      await availability.finishClaim(merchantId, [...claimed], 'claimed', nothingToSync);
    }
    const others = holdIds.filter((holdId) => !claimed.has(holdId));
    await availability.finishClaim(merchantId, others, otherwise, nothingToSync);
  };
}
