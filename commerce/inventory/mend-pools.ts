import type { MerchantId, SaleId, VariantId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import { and, eq, gt } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { saleBuyers, sales, stock, variants } from '../db/schema/trade.ts';
import type { Availability } from './availability.ts';
import type { PoolNames } from './pool-sync.ts';

/** Changes of the last moments are brought to Redis once more, in case whoever made them died before doing so. */
const LOOK_BACK_MS = 10_000;

/** Brings Redis in step with what has lately changed in PostgreSQL. Writing the same counts again changes nothing. */
export function createMendPools(deps: {
  readonly db: Database;
  readonly availability: Availability;
  readonly clock: Clock;
}): () => Promise<void> {
  const { db, availability, clock } = deps;
  return async () => {
    const since = clock.now() - LOOK_BACK_MS;
    for (const [merchantId, names] of await readRecent(db, since))
      await availability.refresh(merchantId, { ...names, buyersSince: since });
  };
}

async function readRecent({ orm }: Database, since: number): Promise<Map<MerchantId, PoolNames>> {
  const [ofStock, ofSales, ofBuyers] = await Promise.all([
    orm
      .select({ merchantId: variants.merchantId, variantId: stock.variantId })
      .from(stock)
      .innerJoin(variants, eq(variants.id, stock.variantId))
      .where(gt(stock.updatedAt, since)),
    orm
      .select({ merchantId: sales.merchantId, saleId: sales.id })
      .from(sales)
      .where(gt(sales.updatedAt, since)),
    orm
      .selectDistinct({ merchantId: sales.merchantId, saleId: sales.id })
      .from(saleBuyers)
      .innerJoin(sales, and(eq(sales.id, saleBuyers.saleId), eq(sales.status, 'running')))
      .where(gt(saleBuyers.updatedAt, since)),
  ]);
  const recent = new Map<MerchantId, { variantIds: VariantId[]; saleIds: SaleId[] }>();
  const of = (merchantId: MerchantId) => {
    const names = recent.get(merchantId) ?? { variantIds: [], saleIds: [] };
    recent.set(merchantId, names);
    return names;
  };
  for (const { merchantId, variantId } of ofStock) of(merchantId).variantIds.push(variantId);
  for (const { merchantId, saleId } of [...ofSales, ...ofBuyers]) {
    const { saleIds } = of(merchantId);
    if (!saleIds.includes(saleId)) saleIds.push(saleId);
  }
  return recent;
}
