import type { Movement } from '@souk/protocol/http/desk';
import type { MerchantId, VariantId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { AppError } from '@souk/runtime/app-error';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { users } from '../db/schema/accounts.ts';
import { orders } from '../db/schema/orders.ts';
import { stockMovements } from '../db/schema/stock.ts';
import { findStock } from './list-stock.ts';

interface MovementsPage {
  readonly movements: Movement[];
  /** `before` of the next page; null on the last. */
  readonly next: number | null;
}

/** A page of a variant's ledger, newest first. Buyers are not named. Throws AppError VARIANT_NOT_FOUND. */
export async function listMovements(
  db: Executor,
  { merchantId, variantId }: { readonly merchantId: MerchantId; readonly variantId: VariantId },
  before?: number,
): Promise<MovementsPage> {
  if ((await findStock(db, merchantId, variantId)) === undefined) throw new AppError('VARIANT_NOT_FOUND');
  const rows = await db
    .select({
      seq: stockMovements.seq,
      movement: {
        id: stockMovements.id,
        kind: stockMovements.kind,
        onHandDelta: stockMovements.onHandDelta,
        reservedDelta: stockMovements.reservedDelta,
        allocatedDelta: stockMovements.allocatedDelta,
        saleId: stockMovements.saleId,
        orderId: stockMovements.orderId,
        actorName: sql<
          string | null
        >`case when ${orders.buyerId} = ${stockMovements.actorId} then null else ${users.name} end`,
        reason: stockMovements.reason,
        at: stockMovements.at,
      },
    })
    .from(stockMovements)
    .leftJoin(users, eq(users.id, stockMovements.actorId))
    .leftJoin(orders, eq(orders.id, stockMovements.orderId))
    .where(
      and(
        eq(stockMovements.variantId, variantId),
        before === undefined ? undefined : lt(stockMovements.seq, before),
      ),
    )
    .orderBy(desc(stockMovements.seq))
    .limit(limits.pageSize + 1);
  const page = rows.slice(0, limits.pageSize);
  const hasMore = rows.length > page.length;
  return {
    movements: page.map(({ movement }) => movement),
    next: hasMore ? (page.at(-1)?.seq ?? null) : null,
  };
}
