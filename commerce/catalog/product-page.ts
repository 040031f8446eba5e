import type { ProductPage } from '@souk/protocol/http/catalog';
import type { PictureId, ProductId, ShowId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { eq, sql } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { merchants } from '../db/schema/accounts.ts';
import { products } from '../db/schema/catalog.ts';
import { pictureUrl } from './picture-store.ts';
import { createFindProductCard } from './product-repository.ts';

/** A product with all that its own page shows. Throws AppError PRODUCT_NOT_FOUND. */
export type GetProductPage = (productId: ProductId) => Promise<ProductPage>;

/** Two statements at once, both prepared once. */
export function createGetProductPage(orm: Executor): GetProductPage {
  const findCard = createFindProductCard(orm);
  const around = selectSurroundings(orm).prepare('find-product-surroundings');
  return async (productId) => {
    const [product, [found]] = await Promise.all([findCard(productId), around.execute({ productId })]);
    if (product === undefined || found === undefined) throw new AppError('PRODUCT_NOT_FOUND');
    const { merchantName, pictureIds, liveShows } = found;
    return { product, merchantName, pictureUrls: pictureIds.map(pictureUrl), liveShows };
  };
}

function selectSurroundings(orm: Executor) {
  return orm
    .select({
      merchantName: merchants.name,
      pictureIds: sql<PictureId[]>`array(
        select id from pictures where product_id = ${products.id} and pictures.position >= 0 order by pictures.position)`,
      liveShows: sql<{ id: ShowId; title: string }[]>`coalesce((
        select json_agg(json_build_object('id', found.id, 'title', found.title)) from (
          select live.id, live.title from show_lineup l join shows live on live.id = l.show_id
          where l.product_id = ${products.id} and live.status = 'live' order by live.live_since desc limit 5) found), '[]')`,
    })
    .from(products)
    .innerJoin(merchants, eq(merchants.id, products.merchantId))
    .where(eq(products.id, sql.placeholder('productId')));
}
