import { saleIdSchema } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { z } from 'zod';
import { type Database, retryConflicts, sqlStateOf } from '../db/database.ts';
import { stockCountsSchema } from '../inventory/move-stock.ts';
import { type PoolSync, stockPool } from '../inventory/pool-sync.ts';
import { type OrderClaim, toClaimStatement } from './claim-statement.ts';

const claimedRow = z.object({
  sales: z
    .array(
      z.object({
        id: saleIdSchema,
        supply: z.int(),
        version: z.int(),
        limit: z.int(),
        startsAt: z.number(),
        endsAt: z.number(),
        closed: z.boolean(),
        /** Units that the buyer's orders have out of it. */
        bought: z.int(),
      }),
    )
    .nullable(),
  stock: z.array(stockCountsSchema),
});

/**
 * Claims the units of all lines and writes the order, in one statement and one round trip; nothing is written when it
 * is refused. Gives back the counts after it, for Redis. Throws AppError HOLD_LOST when units or a buyer's limit do not
 * suffice, COUPON_NOT_VALID, COUPON_USED_UP, COUPON_LIMIT_REACHED. A hold that was claimed before, or a key that was
 * used before, violates a unique constraint.
 */
export async function claimOrder(db: Database, claim: OrderClaim): Promise<PoolSync> {
  const { rows } = await retryConflicts(() => db.pool.query(toClaimStatement(claim))).catch(throwRefusal);
  db.committed();
  const { sales, stock } = claimedRow.parse(rows[0]);
  const ofSales = sales ?? [];
  return {
    pools: [...stock.map(stockPool), ...ofSales.map(({ id, supply, version }) => ({ id, supply, version }))],
    sales: ofSales.map(({ id, version, limit, startsAt, endsAt, closed, bought }) => ({
      ...{ id, version, limit, startsAt, endsAt, closed },
      buyers: { [claim.buyer.userId]: bought },
    })),
  };
}

/** SQLSTATE of the function `refuse`, whose message is the code. */
const REFUSED = 'SK001';
const refusalSchema = z.enum(['HOLD_LOST', 'COUPON_NOT_VALID', 'COUPON_USED_UP', 'COUPON_LIMIT_REACHED']);

function throwRefusal(error: unknown): never {
  if (sqlStateOf(error) === REFUSED && error instanceof Error)
    throw new AppError(refusalSchema.parse(error.message), { cause: error });
  throw error;
}
