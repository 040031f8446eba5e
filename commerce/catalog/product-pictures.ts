import {
  createId,
  type MerchantId,
  type PictureId,
  type ProductId,
  pictureIdSchema,
  type VariantId,
} from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { AppError } from '@souk/runtime/app-error';
import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { inTransaction, type Tx } from '../db/database.ts';
import { pictures, products, variants } from '../db/schema/catalog.ts';
import { lockCatalog } from './catalog-lock.ts';
import { findImageKind } from './image-kind.ts';
import { type AffectedShow, lockShowsWith, tellLineups } from './lineup-news.ts';
import type { Picture } from './picture-store.ts';
import type { SaveProductDeps } from './save-product.ts';

export interface ProductPictures {
  /**
   * Adds a picture behind the others. Throws AppError PRODUCT_NOT_FOUND, UNSUPPORTED_MEDIA_TYPE for bytes that are no
   * PNG, JPEG or WebP, PAYLOAD_TOO_LARGE, INVALID_INPUT for a size that no page shows, or one picture too many.
   */
  add(merchantId: MerchantId, productId: ProductId, dataBase64: string): Promise<void>;
  /** Puts pictures in that order, the cover first, and removes the others. Throws AppError PRODUCT_NOT_FOUND, PICTURE_NOT_FOUND. */
  arrange(merchantId: MerchantId, productId: ProductId, pictureIds: readonly PictureId[]): Promise<void>;
}

const SIDE_PIXELS_MAX = 10_000;
/** What a phone can still open. */
const PIXELS_MAX = 50_000_000;

export function createProductPictures(deps: SaveProductDeps): ProductPictures {
  const change = async (
    merchantId: MerchantId,
    productId: ProductId,
    work: (tx: Tx, own: readonly PictureId[]) => Promise<void>,
  ): Promise<void> => {
    const touched = await inTransaction(deps.db, async (tx) => {
      await lockCatalog(tx, merchantId);
      const shows = await lockShowsWith(tx, [productId]);
      const cover = await getCover(tx, merchantId, productId);
      await work(tx, await readOwn(tx, productId));
      return tellCover(deps, tx, { productId, shows, cover });
    });
    await deps.news.changed(merchantId, touched);
  };
  return {
    async add(merchantId, productId, dataBase64) {
      const picture = readUpload(dataBase64);
      await change(merchantId, productId, async (tx, own) => {
        if (own.length >= limits.picturesPerProduct)
          throw new AppError('INVALID_INPUT', { detail: 'too many pictures' });
        const place = { productId, position: own.length, createdAt: deps.clock.now() };
        await tx.insert(pictures).values({ ...picture, ...place, id: createId('picture') });
      });
    },
    arrange: (merchantId, productId, pictureIds) =>
      change(merchantId, productId, async (tx, own) => {
        if (new Set(pictureIds).size < pictureIds.length)
          throw new AppError('INVALID_INPUT', { detail: 'a picture stands there twice' });
        if (pictureIds.some((id) => !own.includes(id))) throw new AppError('PICTURE_NOT_FOUND');
        for (const [position, id] of pictureIds.entries())
          await tx.update(pictures).set({ position }).where(eq(pictures.id, id));
        await removePictures(
          tx,
          own.filter((id) => !pictureIds.includes(id)),
        );
      }),
  };
}

function readUpload(dataBase64: string): Picture {
  const bytes = Buffer.from(dataBase64, 'base64');
  if (bytes.length > limits.pictureBytes) throw new AppError('PAYLOAD_TOO_LARGE');
  const kind = findImageKind(bytes);
  if (kind === undefined) throw new AppError('UNSUPPORTED_MEDIA_TYPE');
  const { contentType, width, height } = kind;
  const fits = Math.min(width, height) > 0 && Math.max(width, height) <= SIDE_PIXELS_MAX;
  if (!fits || width * height > PIXELS_MAX)
    throw new AppError('INVALID_INPUT', {
      issues: [{ path: 'dataBase64', message: `A picture of ${width} × ${height} pixels is not accepted.` }],
    });
  return { contentType, bytes };
}

async function getCover(tx: Tx, merchantId: MerchantId, productId: ProductId): Promise<PictureId | null> {
  const [product] = await tx
    .select({ cover: products.coverPictureId })
    .from(products)
    .where(and(eq(products.id, productId), eq(products.merchantId, merchantId)));
  if (product === undefined) throw new AppError('PRODUCT_NOT_FOUND');
  return product.cover;
}

async function readOwn(tx: Tx, productId: ProductId): Promise<PictureId[]> {
  const rows = await tx
    .select({ id: pictures.id })
    .from(pictures)
    .where(and(eq(pictures.productId, productId), gte(pictures.position, 0)))
    .orderBy(asc(pictures.position));
  return rows.map(({ id }) => id);
}

/** A picture that stands in an order is kept out of sight: receipts still show it. */
async function removePictures(tx: Tx, ids: readonly PictureId[]): Promise<void> {
  if (ids.length === 0) return;
  const result = await tx.execute(sql`
    select p.id from pictures p where p.id in ${[...ids]} and exists (
      select 1 from variants v join order_lines l on l.variant_id = v.id
      where v.product_id = p.product_id and l.picture_url = '/api/pictures/' || p.id)`);
  const kept = z
    .array(z.object({ id: pictureIdSchema }))
    .parse(result.rows)
    .map(({ id }) => id);
  const gone = ids.filter((id) => !kept.includes(id));
  await tx.update(pictures).set({ position: -1 }).where(inArray(pictures.id, kept));
  await tx.delete(pictures).where(inArray(pictures.id, gone));
}

interface CoverChange {
  readonly productId: ProductId;
  readonly shows: readonly AffectedShow[];
  readonly cover: PictureId | null;
}

/** Makes the first picture the cover, and tells shows when it is another one. Gives back the variants that look different now. */
async function tellCover(
  { outbox, clock }: SaveProductDeps,
  tx: Tx,
  { productId, shows, cover }: CoverChange,
): Promise<VariantId[]> {
  const [first = null] = await readOwn(tx, productId);
  if (first === cover) return [];
  await tx.update(products).set({ coverPictureId: first }).where(eq(products.id, productId));
  await tellLineups({ outbox, now: clock.now() }, tx, shows);
  const rows = await tx.select({ id: variants.id }).from(variants).where(eq(variants.productId, productId));
  return rows.map(({ id }) => id);
}
