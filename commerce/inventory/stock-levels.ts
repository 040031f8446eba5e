import type { MerchantId, SaleId, ShowId, VariantId } from '@souk/protocol/ids';
import { LEVEL_INTERVAL_MS, type Levels } from '@souk/protocol/timeline/levels';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { LevelsStore } from '@souk/timeline/levels';
import { and, eq, inArray, ne } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { variants } from '../db/schema/catalog.ts';
import { sales } from '../db/schema/sales.ts';
import { showLineup, shows } from '../db/schema/shows.ts';
import { bundlesLeft, findBundlePlaces } from './bundle-levels.ts';
import type { HoldStore } from './hold-store.ts';

export interface StockLevels {
  /** Tells the shows of these pools how many units are left: soon, and at most four times a second per merchant. */
  touch(merchantId: MerchantId, pools: readonly { readonly pool: VariantId | SaleId }[]): void;
  /** Tells what is still untold, and stops. */
  close(): Promise<void>;
}

export interface StockLevelsDeps {
  readonly db: Database;
  readonly holds: HoldStore;
  readonly levels: LevelsStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Pending {
  readonly pools: Set<VariantId | SaleId>;
  timer: NodeJS.Timeout | undefined;
  lastAt: number;
}

/** Keeps the levels `unitsLeft` and `stock` in step with Redis. The value told is the one at the time of telling, so the last change always arrives. */
export function createStockLevels(deps: StockLevelsDeps): StockLevels {
  const byMerchant = new Map<MerchantId, Pending>();
  const flushing = new Set<Promise<void>>();

  const flush = (merchantId: MerchantId, pending: Pending): void => {
    pending.timer = undefined;
    pending.lastAt = deps.clock.now();
    const pools = [...pending.pools];
    pending.pools.clear();
    const work = tellInSlices(deps, merchantId, pools).catch((err: unknown) =>
      deps.logger.warn({ event: 'levels-not-told', merchantId, err }),
    );
    flushing.add(work);
    void work.finally(() => flushing.delete(work));
  };

  return {
    touch(merchantId, pools) {
      if (pools.length === 0) return;
      const pending = byMerchant.get(merchantId) ?? { pools: new Set(), timer: undefined, lastAt: 0 };
      byMerchant.set(merchantId, pending);
      for (const { pool } of pools) pending.pools.add(pool);
      const waitMs = Math.max(0, pending.lastAt + LEVEL_INTERVAL_MS - deps.clock.now());
      pending.timer ??= setTimeout(() => flush(merchantId, pending), Math.min(waitMs, LEVEL_INTERVAL_MS));
    },
    async close() {
      for (const [merchantId, pending] of byMerchant) {
        if (pending.timer === undefined) continue;
        clearTimeout(pending.timer);
        flush(merchantId, pending);
      }
      await Promise.all(flushing);
    },
  };
}

/** Pools of one statement: after an import there are as many as the catalogue has. */
const SLICE = 500;

async function tellInSlices(
  deps: StockLevelsDeps,
  merchantId: MerchantId,
  pools: readonly (VariantId | SaleId)[],
): Promise<void> {
  for (let from = 0; from < pools.length; from += SLICE)
    await tellShows(deps, merchantId, pools.slice(from, from + SLICE));
}

interface Counts {
  readonly unitsLeft: Record<string, number>;
  readonly stock: Record<string, number>;
}

async function tellShows(
  { db, holds, levels }: StockLevelsDeps,
  merchantId: MerchantId,
  pools: readonly (VariantId | SaleId)[],
): Promise<void> {
  const [places, bundles] = await Promise.all([
    findShows(db, pools),
    findBundlePlaces(db.orm, pools.filter(isVariant)),
  ]);
  const parts = bundles.flatMap((bundle) => bundle.parts.map(({ variantId }) => variantId));
  const counts = await holds.counts(merchantId, [...new Set([...pools, ...parts])]);
  const told = new Map<ShowId, Counts>();
  const tell = (showId: ShowId, part: keyof Counts, name: string, left: number): void => {
    const ofShow = told.get(showId) ?? { unitsLeft: {}, stock: {} };
    ofShow[part][name] = left;
    told.set(showId, ofShow);
  };
  for (const { showId, pool, part } of places) {
    const count = counts.get(pool);
    if (count !== undefined) tell(showId, part, pool, count.left);
  }
  for (const bundle of bundles) tell(bundle.showId, 'stock', bundle.bundleId, bundlesLeft(bundle, counts));
  await Promise.all([...told].map(([showId, part]) => levels.set(showId, withoutEmpty(part))));
}

const isVariant = (pool: VariantId | SaleId): pool is VariantId => pool.startsWith('var_');

function withoutEmpty({ unitsLeft, stock }: Counts): Levels {
  return {
    ...(Object.keys(unitsLeft).length === 0 ? {} : { unitsLeft }),
    ...(Object.keys(stock).length === 0 ? {} : { stock }),
  };
}

interface Place {
  readonly showId: ShowId;
  readonly pool: string;
  readonly part: 'unitsLeft' | 'stock';
}

/** The shows that show a pool: a sale's own show, and each that is not over with the variant in its line-up. */
async function findShows(db: Database, pools: readonly (VariantId | SaleId)[]): Promise<Place[]> {
  const names = [...pools];
  const [ofSales, ofVariants] = await Promise.all([
    db.orm
      .select({ showId: sales.showId, pool: sales.id })
      .from(sales)
      .where(inArray(sales.id, names.filter((pool) => pool.startsWith('sal_')) as SaleId[])),
    db.orm
      .select({ showId: shows.id, pool: variants.id })
      .from(variants)
      .innerJoin(showLineup, eq(showLineup.productId, variants.productId))
      .innerJoin(shows, and(eq(shows.id, showLineup.showId), ne(shows.status, 'ended')))
      .where(inArray(variants.id, names.filter(isVariant))),
  ]);
  return [
    ...ofSales.map((place) => ({ ...place, part: 'unitsLeft' as const })),
    ...ofVariants.map((place) => ({ ...place, part: 'stock' as const })),
  ];
}
