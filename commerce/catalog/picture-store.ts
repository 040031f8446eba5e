import { createId, type PictureId, type ProductId } from '@souk/protocol/ids';
import { eq, sql } from 'drizzle-orm';
import type { Executor, Tx } from '../db/database.ts';
import { pictures, products } from '../db/schema/catalog.ts';
import { createTurnBatch, type LoadOne } from '../db/turn-batch.ts';

type PictureRow = typeof pictures.$inferSelect;
/** A picture as it is served: its media type, and its bytes. */
export type Picture = Pick<PictureRow, 'contentType' | 'bytes'>;

/** The path under which a picture is served; that of the drawn stand-in where there is none. */
export const pictureUrl = (pictureId: PictureId | null): string => `/api/pictures/${pictureId ?? 'none'}`;

/** Undefined when there is no such picture. */
export type FindPicture = LoadOne<PictureId, Picture>;

/** They may be large, and one answer holds them all. */
const PICTURES_AT_ONCE = 20;

/** Prepared once: pictures are what pages ask for most. */
export function createFindPicture(orm: Executor): FindPicture {
  const query = orm
    .select({ id: pictures.id, contentType: pictures.contentType, bytes: pictures.bytes })
    .from(pictures)
    .where(sql`${pictures.id} = any(${sql.placeholder('pictureIds')}::text[])`)
    .prepare('find-pictures');
  const load = async (pictureIds: readonly PictureId[]) => {
    const rows = await query.execute({ pictureIds: [...pictureIds] });
    return new Map(rows.map(({ id, ...picture }) => [id, picture]));
  };
  return createTurnBatch(load, { most: PICTURES_AT_ONCE });
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
