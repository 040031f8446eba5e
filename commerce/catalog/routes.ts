import type { Database } from '../db/database.ts';
import type { HandlersOf } from '../http/route-handlers.ts';
import { listProductCards } from './list-products.ts';

/** Handlers of the catalogue. */
export function createCatalogRoutes({ db }: { readonly db: Database }): HandlersOf<'product:list'> {
  return {
    'product:list': async ({ params, query }) => {
      const { items, nextCursor } = await listProductCards(db.orm, params.merchantId, query);
      return { products: [...items], nextCursor };
    },
  };
}
