import type { Clock } from '@souk/runtime/clock';
import type { Database } from '../db/database.ts';
import type { Availability } from '../inventory/availability.ts';
import type { ShopFacts } from '../inventory/shop-facts.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { createArchiveProduct } from './archive-product.ts';
import { createCatalogNews } from './catalog-news.ts';
import { createProductPictures } from './product-pictures.ts';
import { createCatalogRoutes } from './routes.ts';
import { createSaveProduct } from './save-product.ts';

export interface CatalogRoomsDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly facts: ShopFacts;
  readonly availability: Availability;
  readonly clock: Clock;
}

/** Puts the catalogue together. */
export function createCatalogRooms(deps: CatalogRoomsDeps) {
  const shared = { ...deps, news: createCatalogNews(deps) };
  return {
    handlers: createCatalogRoutes({
      orm: deps.db.orm,
      saveProduct: createSaveProduct(shared),
      archiveProduct: createArchiveProduct(shared),
      pictures: createProductPictures(shared),
    }),
  };
}
