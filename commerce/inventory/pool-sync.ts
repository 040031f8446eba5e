import type { BundlePart } from '@souk/protocol/catalog';
import type { MerchantId, SaleId, UserId, VariantId } from '@souk/protocol/ids';
import { and, eq, gt, inArray } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { saleBuyers, sales } from '../db/schema/sales.ts';
import { stock } from '../db/schema/stock.ts';
import { countEntitled } from '../waitlist/waitlist-repository.ts';

/** Counts of PostgreSQL on their way to Redis. `version` rises with each change of the row behind a pool. */
export interface PoolSync {
  readonly pools: readonly {
    readonly id: VariantId | SaleId;
    readonly supply: number;
    readonly version: number;
  }[];
  readonly sales: readonly {
    readonly id: SaleId;
    /** Of the sale's row: older facts never replace newer ones. */
    readonly version: number;
    readonly limit: number;
    readonly startsAt: number;
    readonly endsAt: number;
    readonly closed: boolean;
    /** Buyer → units bought. */
    readonly buyers: Readonly<Record<string, number>>;
    /** Buyers for whom units are kept; counts only where Redis has no number of its own. */
    readonly waiting?: number;
  }[];
}

export const nothingToSync: PoolSync = { pools: [], sales: [] };

/** What to read: pools by id, and which buyers of the sales: one, those of lately, or all. */
export interface PoolNames {
  readonly variantIds: readonly VariantId[];
  readonly saleIds: readonly SaleId[];
  readonly buyerId?: UserId;
  /** Only buyers whose count has changed since, Unix milliseconds. */
  readonly buyersSince?: number;
}

/** The pools that lines draw on; a bundle draws on its parts. */
export function poolsOf(
  lines: readonly {
    readonly variantId: VariantId;
    readonly saleId?: SaleId | null;
    readonly parts?: readonly BundlePart[] | null | undefined;
  }[],
): PoolNames {
  const goods = lines.flatMap(({ variantId, parts }) => parts?.map((part) => part.variantId) ?? [variantId]);
  return {
    variantIds: [...new Set(goods)],
    saleIds: [...new Set(lines.flatMap(({ saleId }) => saleId ?? []))],
  };
}

export type StockCounts = Pick<
  typeof stock.$inferSelect,
  'variantId' | 'onHand' | 'reserved' | 'allocated' | 'version'
>;
export type SaleRow = typeof sales.$inferSelect;

/** A stock row as a pool: what can be sold at the ordinary price. */
export const stockPool = (row: StockCounts): PoolSync['pools'][number] => ({
  id: row.variantId,
  supply: row.onHand - row.reserved - row.allocated,
  version: row.version,
});

/** A sale as a pool: what it has set aside, may still sell, and no order has claimed. */
export const salePool = (row: SaleRow): PoolSync['pools'][number] => ({
  id: row.id,
  supply: Math.min(row.units - row.claimed - row.returned, (row.totalLimit ?? row.units) - row.claimed),
  version: row.version,
});

/** Reads the present counts of these pools. `merchantId` keeps foreign ids out. */
export async function readPools(db: Executor, merchantId: MerchantId, names: PoolNames): Promise<PoolSync> {
  const { variantIds, saleIds } = names;
  const stockRows =
    variantIds.length === 0
      ? []
      : await db
          .select()
          .from(stock)
          .where(inArray(stock.variantId, [...variantIds]));
  if (saleIds.length === 0) return { pools: stockRows.map(stockPool), sales: [] };
  const saleRows = await db
    .select()
    .from(sales)
    .where(and(inArray(sales.id, [...saleIds]), eq(sales.merchantId, merchantId)));
  const buyers = await readBuyers(db, names);
  const entitled = await countEntitled(db, saleIds);
  return {
    pools: [...stockRows.map(stockPool), ...saleRows.map(salePool)],
    sales: saleRows.map((row) => ({
      id: row.id,
      version: row.version,
      limit: row.perBuyerLimit,
      startsAt: row.startsAt,
      endsAt: row.endsAt,
      closed: row.status === 'ended',
      buyers: buyers.get(row.id) ?? {},
      waiting: entitled.get(row.id) ?? 0,
    })),
  };
}

async function readBuyers(
  db: Executor,
  { saleIds, buyerId, buyersSince }: PoolNames,
): Promise<Map<SaleId, Record<string, number>>> {
  const wanted = and(
    inArray(saleBuyers.saleId, [...saleIds]),
    buyerId === undefined ? undefined : eq(saleBuyers.buyerId, buyerId),
    buyersSince === undefined ? undefined : gt(saleBuyers.updatedAt, buyersSince),
  );
  const rows = await db.select().from(saleBuyers).where(wanted);
  const buyers = new Map<SaleId, Record<string, number>>();
  for (const row of rows) buyers.set(row.saleId, { ...buyers.get(row.saleId), [row.buyerId]: row.units });
  return buyers;
}
