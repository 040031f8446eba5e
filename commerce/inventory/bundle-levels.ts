import type { ShowId, VariantId } from '@souk/protocol/ids';
import { and, eq, exists, inArray, isNull, ne, sql } from 'drizzle-orm';
import { countBundles, type PartFacts, partsColumn } from '../catalog/bundle-parts.ts';
import type { Executor } from '../db/database.ts';
import { variantParts, variants } from '../db/schema/catalog.ts';
import { showLineup, shows } from '../db/schema/shows.ts';

/** A bundle in the line-up of a show that is not over. */
export interface BundlePlace {
  readonly showId: ShowId;
  readonly bundleId: VariantId;
  readonly parts: readonly PartFacts[];
}

/** The bundles that have one of these variants as a part, and the shows that show them. */
export async function findBundlePlaces(
  db: Executor,
  partIds: readonly VariantId[],
): Promise<readonly BundlePlace[]> {
  if (partIds.length === 0) return [];
  const hasOne = db
    .select({ one: sql`1` })
    .from(variantParts)
    .where(and(eq(variantParts.bundleId, variants.id), inArray(variantParts.partId, [...partIds])));
  const rows = await db
    .select({ showId: shows.id, bundleId: variants.id, parts: partsColumn })
    .from(variants)
    .innerJoin(showLineup, eq(showLineup.productId, variants.productId))
    .innerJoin(shows, and(eq(shows.id, showLineup.showId), ne(shows.status, 'ended')))
    .where(and(exists(hasOne), isNull(variants.archivedAt)));
  return rows.flatMap(({ parts, ...place }) => (parts === null ? [] : [{ ...place, parts }]));
}

/** How many bundles can be bought: by the counts of Redis, by those of PostgreSQL for parts that it has not loaded. */
export function bundlesLeft(
  { parts }: BundlePlace,
  counts: ReadonlyMap<string, { readonly left: number }>,
): number {
  return countBundles(
    parts.map(({ variantId, quantity, left }) => ({ quantity, left: counts.get(variantId)?.left ?? left })),
  );
}
