import type { MerchantId, VariantId } from '@souk/protocol/ids';
import { inArray } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { variantParts } from '../db/schema/catalog.ts';
import type { Availability } from '../inventory/availability.ts';
import type { ShopFacts } from '../inventory/shop-facts.ts';

export interface CatalogNews {
  /** After the commit: this process holds at the new prices at once, and viewers hear how many bundles there are now. */
  changed(merchantId: MerchantId, variantIds: readonly VariantId[]): Promise<void>;
}

export function createCatalogNews(deps: {
  readonly db: Database;
  readonly facts: Pick<ShopFacts, 'forgetVariants'>;
  readonly availability: Pick<Availability, 'refreshOrLater'>;
}): CatalogNews {
  return {
    async changed(merchantId, variantIds) {
      deps.facts.forgetVariants(variantIds);
      if (variantIds.length === 0) return;
      const parts = await deps.db.orm
        .selectDistinct({ id: variantParts.partId })
        .from(variantParts)
        .where(inArray(variantParts.bundleId, [...variantIds]));
      if (parts.length === 0) return;
      await deps.availability.refreshOrLater(merchantId, {
        variantIds: parts.map(({ id }) => id),
        saleIds: [],
      });
    },
  };
}
