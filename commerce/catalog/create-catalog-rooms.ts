import type { JobPayload } from '@souk/jobs/job-table';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { Database } from '../db/database.ts';
import type { HandlersOf } from '../http/route-handlers.ts';
import type { Availability } from '../inventory/availability.ts';
import type { ShopFacts } from '../inventory/shop-facts.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { sweepItems } from '../sweep-items.ts';
import { createArchiveProduct } from './archive-product.ts';
import { createCatalogNews } from './catalog-news.ts';
import { failImport, listOverdueImports } from './import/import-rows.ts';
import { createImportRoutes } from './import/routes.ts';
import { createRunImport } from './import/run-import.ts';
import { createStartImport } from './import/start-import.ts';
import { createProductPictures } from './product-pictures.ts';
import { type CatalogNames, createCatalogRoutes } from './routes.ts';
import { createSaveProduct } from './save-product.ts';

export interface CatalogRoomsDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly facts: ShopFacts;
  readonly availability: Availability;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface CatalogRooms {
  readonly handlers: HandlersOf<
    CatalogNames | 'catalog:export' | 'catalog:import' | `import:${'get' | 'report' | 'dismiss'}`
  >;
  readonly jobs: {
    runCatalogImport(payload: JobPayload<'catalog-import'>, signal?: AbortSignal): Promise<void>;
  };
  /** Goes on with imports whose job is lost, a few rows at a time. */
  readonly sweepImports: () => Promise<void>;
}

/** By then an import is over, or its job is lost or slow: a hand more does no harm. */
const IMPORT_OVERDUE_MS = 120_000;

/** By then its job has used up its tries. Rows up to there are in; its merchant is told, and hands the file in again. */
const IMPORT_GIVE_UP_MS = 3_600_000;

/** Puts the catalogue together. */
export function createCatalogRooms(deps: CatalogRoomsDeps): CatalogRooms {
  const { db, clock } = deps;
  const shared = { ...deps, news: createCatalogNews(deps) };
  const runImport = createRunImport(shared);
  return {
    handlers: {
      ...createCatalogRoutes({
        orm: db.orm,
        clock,
        saveProduct: createSaveProduct(shared),
        archiveProduct: createArchiveProduct(shared),
        pictures: createProductPictures(shared),
      }),
      ...createImportRoutes({ orm: db.orm, startImport: createStartImport(shared) }),
    },
    jobs: { runCatalogImport: ({ importId }, signal) => runImport.all(importId, signal) },
    async sweepImports() {
      const now = clock.now();
      await sweepItems(deps.logger, await listOverdueImports(db, now - IMPORT_OVERDUE_MS), async (open) => {
        try {
          await runImport.next(open.id);
        } catch (err) {
          if (open.createdAt > now - IMPORT_GIVE_UP_MS) throw err;
          deps.logger.error({ event: 'import-given-up', importId: open.id, err });
          await failImport(db, open.id, now);
        }
      });
    },
  };
}
