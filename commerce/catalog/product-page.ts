import type { ProductPage } from '@souk/protocol/http/catalog';
import { type ProductId, pictureIdSchema, showIdSchema } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '../db/database.ts';
import { pictureUrl } from './picture-store.ts';
import { readProductCards } from './product-repository.ts';

const surroundingsSchema = z.object({
  merchantName: z.string(),
  pictureIds: z.array(pictureIdSchema),
  liveShows: z.array(z.object({ id: showIdSchema, title: z.string() })),
});

/** A product with all that its own page shows, in two statements at once. Throws AppError PRODUCT_NOT_FOUND. */
export async function getProductPage(db: Executor, productId: ProductId): Promise<ProductPage> {
  const [[product], around] = await Promise.all([
    readProductCards(db, [productId]),
    db.execute(sql`
      select m.name "merchantName",
        array(select id from pictures where product_id = p.id and position >= 0 order by position) "pictureIds",
        coalesce((select json_agg(json_build_object('id', s.id, 'title', s.title)) from (
          select s.id, s.title from show_lineup l join shows s on s.id = l.show_id
          where l.product_id = p.id and s.status = 'live' order by s.live_since desc limit 5) s), '[]') "liveShows"
      from products p join merchants m on m.id = p.merchant_id where p.id = ${productId}`),
  ]);
  if (product === undefined) throw new AppError('PRODUCT_NOT_FOUND');
  const { merchantName, pictureIds, liveShows } = surroundingsSchema.parse(around.rows[0]);
  return { product, merchantName, pictureUrls: pictureIds.map(pictureUrl), liveShows };
}
