import type { ProductId, ShowId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { and, asc, eq, exists, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Tx } from '../db/database.ts';
import { products, variantParts, variants } from '../db/schema/catalog.ts';
import { showLineup, shows } from '../db/schema/shows.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { readProductCards } from './product-repository.ts';

/** A show whose line-up has a product that is about to change. */
export interface AffectedShow {
  readonly id: ShowId;
  readonly pinnedProductId: ProductId | null;
}

const partVariants = alias(variants, 'part_variants');

/**
 * Locks the shows that are not over and have one of these products in their line-up, or a bundle with a part of them.
 * To be called before the products are changed, so that shows hear of changes in their order.
 */
export async function lockShowsWith(tx: Tx, productIds: readonly ProductId[]): Promise<AffectedShow[]> {
  if (productIds.length === 0) return [];
  const bundles = await tx
    .selectDistinct({ id: variants.productId })
    .from(partVariants)
    .innerJoin(variantParts, eq(variantParts.partId, partVariants.id))
    .innerJoin(variants, eq(variants.id, variantParts.bundleId))
    .where(inArray(partVariants.productId, [...productIds]));
  const affected = [...new Set([...productIds, ...bundles.map(({ id }) => id)])];
  const hasOne = tx
    .select({ one: sql`1` })
    .from(showLineup)
    .where(and(eq(showLineup.showId, shows.id), inArray(showLineup.productId, affected)));
  return tx
    .select({ id: shows.id, pinnedProductId: shows.pinnedProductId })
    .from(shows)
    .where(and(ne(shows.status, 'ended'), exists(hasOne)))
    .orderBy(asc(shows.id))
    .for('update');
}

/** Writes the line-ups as they are now into the timelines of these shows; what was archived leaves them. */
export async function tellLineups(
  { outbox, now }: { readonly outbox: Outbox; readonly now: number },
  tx: Tx,
  affected: readonly AffectedShow[],
): Promise<void> {
  for (const { id: showId, pinnedProductId } of affected) {
    await dropArchived(tx, showId);
    const rows = await tx
      .select({ productId: showLineup.productId })
      .from(showLineup)
      .where(eq(showLineup.showId, showId))
      .orderBy(asc(showLineup.position));
    const cards = await readProductCards(
      tx,
      rows.map(({ productId }) => productId),
    );
    if (pinnedProductId !== null && !cards.some(({ id }) => id === pinnedProductId)) {
      await tx.update(shows).set({ pinnedProductId: null }).where(eq(shows.id, showId));
      const entry = createEntry('product:unpinned', now, { productId: pinnedProductId });
      await outbox.publish(tx, { kind: 'timeline', showId, entry });
    }
    const entry = createEntry('lineup:changed', now, { products: cards });
    await outbox.publish(tx, { kind: 'timeline', showId, entry });
  }
}

async function dropArchived(tx: Tx, showId: ShowId): Promise<void> {
  const archived = tx.select({ id: products.id }).from(products).where(isNotNull(products.archivedAt));
  await tx
    .delete(showLineup)
    .where(and(eq(showLineup.showId, showId), inArray(showLineup.productId, archived)));
}
