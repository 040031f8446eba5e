import type { HttpResponse } from '@souk/protocol/commands/http-commands';
import { type MerchantId, merchantIdSchema } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '../db/database.ts';
import { merchants } from '../db/schema/accounts.ts';
import { createShortCache } from '../inventory/short-cache.ts';
import { createListShopProducts, type PageWish } from './list-products.ts';

type ShopPage = HttpResponse<'shop:get'>;
type ShopWish = Pick<PageWish, 'cursor' | 'limit'>;

/** A shop and a page of its products, for everybody, as it was half a second ago at most. Throws AppError MERCHANT_NOT_FOUND. */
export type GetShopPage = (merchantId: MerchantId, wish: ShopWish) => Promise<ShopPage>;

const TTL_MS = 500;
/** Each with up to a hundred products: some fifty kilobytes. */
const MAX_PAGES = 200;
const keySchema = z.tuple([merchantIdSchema, z.string().nullable(), z.number()]);

/** Reads a page once for the many who open the same shop in the same moment. */
export function createGetShopPage({ orm, clock }: { orm: Executor; clock: Clock }): GetShopPage {
  const readPage = createReadShopPage(orm);
  const pages = createShortCache({
    load: (key: string) => {
      const [merchantId, cursor, limit] = keySchema.parse(JSON.parse(key));
      return readPage(merchantId, { limit, ...(cursor === null ? {} : { cursor }) });
    },
    ttlMs: TTL_MS,
    maxKeys: MAX_PAGES,
    clock,
  });
  return (merchantId, { cursor, limit }) => pages.get(JSON.stringify([merchantId, cursor ?? null, limit]));
}

/** All of its statements are prepared once. */
function createReadShopPage(orm: Executor): GetShopPage {
  const listProducts = createListShopProducts(orm);
  const shop = orm
    .select({ id: merchants.id, name: merchants.name, currency: merchants.currency })
    .from(merchants)
    .where(eq(merchants.id, sql.placeholder('merchantId')))
    .prepare('find-shop');
  return async (merchantId, wish) => {
    const [[merchant], { items, nextCursor }] = await Promise.all([
      shop.execute({ merchantId }),
      listProducts(merchantId, wish),
    ]);
    if (merchant === undefined) throw new AppError('MERCHANT_NOT_FOUND');
    return { merchant, products: [...items], nextCursor };
  };
}
