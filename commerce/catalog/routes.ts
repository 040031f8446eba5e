import type { Database } from '../db/database.ts';
import type { HandlersOf } from '../http/route-handlers.ts';
import { listProductCards } from './product-repository.ts';

/** Handlers of the catalogue. */
export function createCatalogRoutes({ db }: { readonly db: Database }): HandlersOf<'product:list'> {
  return {
    'product:list': async ({ params }) => ({ products: await listProductCards(db.orm, params.merchantId) }),
  };
}
