import type { ProductCard } from '@souk/protocol/catalog';
import type { ProductPage } from '@souk/protocol/http/catalog';
import type { PictureId, ProductId, ShowId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { eq, sql } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { merchants } from '../db/schema/accounts.ts';
import { products } from '../db/schema/catalog.ts';
import { createTurnBatch } from '../db/turn-batch.ts';
import { pictureUrl } from './picture-store.ts';
import { createReadProductCards } from './product-repository.ts';

/** A product with all that its own page shows. Throws AppError PRODUCT_NOT_FOUND. */
export type GetProductPage = (productId: ProductId) => Promise<ProductPage>;

const PAGES_AT_ONCE = 50;

/** Two statements at once for all who ask in the same turn, both prepared once. */
export function createGetProductPage(orm: Executor): GetProductPage {
  const readCards = createReadProductCards(orm);
  const around = selectSurroundings(orm).prepare('find-product-surroundings');
  const load = async (productIds: readonly ProductId[]) => {
    const [cards, rows] = await Promise.all([
      readCards(productIds),
      around.execute({ productIds: [...productIds] }),
    ]);
    const surroundings = new Map(rows.map(({ id, ...rest }) => [id, rest]));
    return new Map(cards.flatMap((product) => toPages(product, surroundings.get(product.id))));
  };
  const findPage = createTurnBatch(load, { most: PAGES_AT_ONCE });
  return async (productId) => {
    const page = await findPage(productId);
    if (page === undefined) throw new AppError('PRODUCT_NOT_FOUND');
    return page;
  };
}

function toPages(
  product: ProductCard,
  found: Surroundings | undefined,
): (readonly [ProductId, ProductPage])[] {
  if (found === undefined) return [];
  const { merchantName, pictureIds, liveShows } = found;
  return [[product.id, { product, merchantName, pictureUrls: pictureIds.map(pictureUrl), liveShows }]];
}

interface Surroundings {
  readonly merchantName: string;
  readonly pictureIds: readonly PictureId[];
  readonly liveShows: { id: ShowId; title: string }[];
}

function selectSurroundings(orm: Executor) {
  return orm
    .select({
      id: products.id,
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
    .where(sql`${products.id} = any(${sql.placeholder('productIds')}::text[])`);
}
