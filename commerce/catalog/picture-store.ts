import { createId, type PictureId, type ProductId } from '@souk/protocol/ids';
import { eq, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../db/database.ts';
import { pictures, products } from '../db/schema/catalog.ts';

type PictureRow = typeof pictures.$inferSelect;
/** A picture as it is served: its media type, and its bytes. */
export type Picture = Pick<PictureRow, 'contentType' | 'bytes'>;

/** The path under which a picture is served; that of the drawn stand-in where there is none. */
export const pictureUrl = (pictureId: PictureId | null): string => `/api/pictures/${pictureId ?? 'none'}`;

/** Undefined when there is no such picture. */
export type FindPicture = (pictureId: PictureId) => Promise<Picture | undefined>;

/** Prepared once: pictures are what pages ask for most. */
export function createFindPicture(orm: Executor): FindPicture {
  const query = orm
    .select({ contentType: pictures.contentType, bytes: pictures.bytes })
    .from(pictures)
    .where(eq(pictures.id, sql.placeholder('pictureId')))
    .prepare('find-picture');
  return async (pictureId) => (await query.execute({ pictureId }))[0];
}

/** Adds the first pictures of a product; the first one becomes its cover. */
export async function addFirstPictures(
  tx: Tx,
  productId: ProductId,
  list: readonly Picture[],
  now: number,
): Promise<void> {
  const rows = list.map((picture, position) => ({
    ...picture,
    id: createId('picture'),
    productId,
    position,
    createdAt: now,
  }));
  const [cover] = rows;
  if (cover === undefined) return;
  await tx.insert(pictures).values(rows);
  await tx.update(products).set({ coverPictureId: cover.id }).where(eq(products.id, productId));
}
