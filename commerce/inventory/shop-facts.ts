import type { MerchantId, ProductId, SaleId, ShowId, VariantId } from '@souk/protocol/ids';
import type { Currency } from '@souk/protocol/money';
import type { ShowStatus } from '@souk/protocol/states';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { eq } from 'drizzle-orm';
import { readVariantFacts, type VariantFacts } from '../catalog/product-repository.ts';
import type { Database } from '../db/database.ts';
import { merchants } from '../db/schema/accounts.ts';
import { sales } from '../db/schema/sales.ts';
import { showLineup, shows } from '../db/schema/shows.ts';
import type { BanGuard } from '../moderation/ban-guard.ts';
import type { SaleRow } from './pool-sync.ts';
import { createShortCache } from './short-cache.ts';

export interface ShopShow {
  readonly id: ShowId;
  readonly merchantId: MerchantId;
  readonly merchantName: string;
  readonly currency: Currency;
  readonly status: ShowStatus;
  readonly guestsMayBuy: boolean;
  readonly lineup: ReadonlySet<ProductId>;
}

/** What a hold needs to know before it asks Redis; at most a moment old. */
export interface ShopFacts extends Pick<BanGuard, 'assertNotBanned'> {
  /** Throws AppError SHOW_NOT_FOUND. */
  getShow(showId: ShowId): Promise<ShopShow>;
  /** Throws AppError VARIANT_NOT_FOUND. */
  getVariant(variantId: VariantId): Promise<VariantFacts>;
  /** Throws AppError SALE_NOT_FOUND. */
  getSale(saleId: SaleId): Promise<SaleRow>;
  /** Their next readers get them as they are now. */
  forgetVariants(variantIds: readonly VariantId[]): void;
}

const SHOW_TTL_MS = 500;
const VARIANT_TTL_MS = 2_000;
/** What is read of a sale here never changes; whether it is open, Redis knows. */
const SALE_TTL_MS = 60_000;

interface ShopFactsDeps {
  readonly db: Database;
  readonly banGuard: BanGuard;
  readonly clock: Clock;
}

/** Reads facts from PostgreSQL, once for the many who ask in the same moment. */
export function createShopFacts({ db, banGuard, clock }: ShopFactsDeps): ShopFacts {
  const showCache = createShortCache({ load: (id: ShowId) => readShow(db, id), ttlMs: SHOW_TTL_MS, clock });
  const variantCache = createShortCache({
    load: (id: VariantId) => readVariant(db, id),
    ttlMs: VARIANT_TTL_MS,
    clock,
  });
  const saleCache = createShortCache({ load: (id: SaleId) => readSale(db, id), ttlMs: SALE_TTL_MS, clock });
  return {
    assertNotBanned: banGuard.assertNotBanned,
    getShow: showCache.get,
    getVariant: variantCache.get,
    getSale: saleCache.get,
    forgetVariants: (variantIds) => variantIds.forEach(variantCache.forget),
  };
}

async function readShow({ orm }: Database, showId: ShowId): Promise<ShopShow> {
  const [row] = await orm
    .select({
      id: shows.id,
      merchantId: shows.merchantId,
      status: shows.status,
      merchantName: merchants.name,
      currency: merchants.currency,
      guestsMayBuy: merchants.guestsMayBuy,
    })
    .from(shows)
    .innerJoin(merchants, eq(merchants.id, shows.merchantId))
    .where(eq(shows.id, showId));
  if (row === undefined) throw new AppError('SHOW_NOT_FOUND');
  const lineup = await orm
    .select({ productId: showLineup.productId })
    .from(showLineup)
    .where(eq(showLineup.showId, showId));
  return { ...row, lineup: new Set(lineup.map(({ productId }) => productId)) };
}

async function readVariant({ orm }: Database, variantId: VariantId): Promise<VariantFacts> {
  const [facts] = await readVariantFacts(orm, [variantId]);
  if (facts === undefined) throw new AppError('VARIANT_NOT_FOUND');
  return facts;
}

async function readSale({ orm }: Database, saleId: SaleId): Promise<SaleRow> {
  const [row] = await orm.select().from(sales).where(eq(sales.id, saleId));
  if (row === undefined) throw new AppError('SALE_NOT_FOUND');
  return row;
}
