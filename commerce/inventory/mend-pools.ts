import type { MerchantId, SaleId, VariantId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import type { Redis } from '@souk/runtime/redis';
import { and, eq, gt, ne } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { variants } from '../db/schema/catalog.ts';
import { saleBuyers, sales } from '../db/schema/sales.ts';
import { stock } from '../db/schema/stock.ts';
import type { Availability } from './availability.ts';
import type { PoolNames } from './pool-sync.ts';

/** Changes of the last moments are brought to Redis once more, in case whoever made them died before doing so. */
const LOOK_BACK_MS = 10_000;
/** Up to which instant Redis was brought in step. Kept in Redis, so that it goes back together with the counts. */
const MENDED_KEY = 'souk:pools-mended-at';

/** Of each variant the version of its stock that was brought to Redis. */
type Brought = ReadonlyMap<VariantId, number>;

/**
 * Brings Redis in step with what has changed in PostgreSQL since the last time, however long ago that is: Redis or the
 * workers may have been away. Writing the same counts again changes nothing, but costs: a catalogue that has just come
 * in would be written again every second for as long as the look back lasts. So each process writes a version once.
 */
export function createMendPools(deps: {
  readonly db: Database;
  readonly redis: Redis;
  readonly availability: Pick<Availability, 'refresh'>;
  readonly clock: Clock;
}): () => Promise<void> {
  const { db, redis, availability, clock } = deps;
  let brought: Brought = new Map();
  let broughtAt = 0;
  return async () => {
    const now = clock.now();
    const mendedAt = await redis.get(MENDED_KEY);
    // Redis has gone back to before what this process has brought it, or is new.
    if (Number(mendedAt ?? 0) < broughtAt) brought = new Map();
    // Redis is new, or has lost everything: nobody may have asked for a sale yet, or only one of its buyers has.
    if (mendedAt === null)
      for (const [merchantId, names] of await readOpenSales(db))
        await availability.refresh(merchantId, names);
    const since = Math.min(Number(mendedAt ?? now), now) - LOOK_BACK_MS;
    const { byMerchant, versions } = await readRecent(db, since, brought);
    for (const [merchantId, names] of byMerchant)
      await availability.refresh(merchantId, { ...names, buyersSince: since });
    await redis.set(MENDED_KEY, now);
    [brought, broughtAt] = [versions, now];
  };
}

/** Every sale that is not over; read without a bound in time, all its buyers come with it. */
async function readOpenSales({ orm }: Database): Promise<Map<MerchantId, PoolNames>> {
  const rows = await orm
    .select({ merchantId: sales.merchantId, saleId: sales.id, variantId: sales.variantId })
    .from(sales)
    .where(ne(sales.status, 'ended'));
  const open = new Map<MerchantId, PoolNames>();
  for (const { merchantId, saleId, variantId } of rows) {
    const { variantIds = [], saleIds = [] } = open.get(merchantId) ?? {};
    open.set(merchantId, { variantIds: [...variantIds, variantId], saleIds: [...saleIds, saleId] });
  }
  return open;
}

interface Recent {
  readonly byMerchant: ReadonlyMap<MerchantId, PoolNames>;
  readonly versions: Brought;
}

/** What has changed since; of stock, only what is newer than `brought`. */
async function readRecent({ orm }: Database, since: number, brought: Brought): Promise<Recent> {
  const [ofStock, ofSales, ofBuyers] = await Promise.all([
    orm
      .select({ merchantId: variants.merchantId, variantId: stock.variantId, version: stock.version })
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
      .innerJoin(sales, and(eq(sales.id, saleBuyers.saleId), ne(sales.status, 'ended')))
      .where(gt(saleBuyers.updatedAt, since)),
  ]);
  const recent = new Map<MerchantId, { variantIds: VariantId[]; saleIds: SaleId[] }>();
  const of = (merchantId: MerchantId) => {
    const names = recent.get(merchantId) ?? { variantIds: [], saleIds: [] };
    recent.set(merchantId, names);
    return names;
  };
  for (const { merchantId, variantId, version } of ofStock)
    if (brought.get(variantId) !== version) of(merchantId).variantIds.push(variantId);
  for (const { merchantId, saleId } of [...ofSales, ...ofBuyers]) {
    const { saleIds } = of(merchantId);
    if (!saleIds.includes(saleId)) saleIds.push(saleId);
  }
  return {
    byMerchant: recent,
    versions: new Map(ofStock.map(({ variantId, version }) => [variantId, version])),
  };
}
