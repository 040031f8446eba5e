import type { ProductCard } from '@souk/protocol/catalog';
import type { MerchantId, ProductId, ShowId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { holdCatalogOf } from '../catalog/catalog-lock.ts';
import { readProductCards } from '../catalog/product-repository.ts';
import { type Database, type Executor, inTransaction } from '../db/database.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { lockOpenShow, replaceLineup, updateShow } from './show-repository.ts';

export type SetLineup = (showId: ShowId, productIds: readonly ProductId[]) => Promise<ProductCard[]>;

/** Replaces line-ups; a pinned product that leaves is unpinned. Throws AppError SHOW_ENDED, PRODUCT_NOT_FOUND. */
export function createSetLineup(deps: { db: Database; outbox: Outbox; clock: Clock }): SetLineup {
  const { db, outbox, clock } = deps;
  return (showId, productIds) =>
    inTransaction(db, async (tx) => {
      await holdCatalogOf(tx, showId);
      const show = await lockOpenShow(tx, showId);
      const products = await getLineupCards(tx, show.merchantId, productIds);
      const now = clock.now();
      const kept = products.map((product) => product.id);
      await replaceLineup(tx, showId, kept);
      const pinned = show.pinnedProductId;
      if (pinned !== null && !kept.includes(pinned)) {
        await updateShow(tx, showId, { pinnedProductId: null });
        const entry = createEntry('product:unpinned', now, { productId: pinned });
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
      }
      await outbox.publish(tx, {
        kind: 'timeline',
        showId,
        entry: createEntry('lineup:changed', now, { products }),
      });
      return products;
    });
}

/** The cards of a line-up, without repeats. Throws AppError PRODUCT_NOT_FOUND for an unknown or another merchant's product. */
export async function getLineupCards(
  orm: Executor,
  merchantId: MerchantId,
  productIds: readonly ProductId[],
): Promise<ProductCard[]> {
  const wanted = [...new Set(productIds)];
  const cards = await readProductCards(orm, wanted);
  if (cards.length !== wanted.length || cards.some((card) => card.merchantId !== merchantId))
    throw new AppError('PRODUCT_NOT_FOUND');
  return cards;
}
