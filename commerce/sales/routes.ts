import type { Database } from '../db/database.ts';
import type { HandlersOf } from '../http/route-handlers.ts';
import { type ExtendSale, getSaleOfShow, type RestockSale } from './change-sale.ts';
import type { EndSale } from './end-sale.ts';
import { listSaleViews } from './sale-view.ts';
import type { StartSale } from './start-sale.ts';

export interface SalesRoutesDeps {
  readonly db: Database;
  readonly startSale: StartSale;
  readonly endSale: EndSale;
  readonly extendSale: ExtendSale;
  readonly restockSale: RestockSale;
}

/** The commands of flash sales. */
export type SaleNames = 'sale:start' | 'sale:list' | 'sale:stop' | 'sale:extend' | 'sale:restock';

/** Handlers of flash sales. */
export function createSalesRoutes(deps: SalesRoutesDeps): HandlersOf<SaleNames> {
  const { db, startSale, endSale, extendSale, restockSale } = deps;
  return {
    'sale:start': async ({ params, body }) => ({ sale: await startSale(params.showId, body) }),
    'sale:list': async ({ params }) => ({ sales: await listSaleViews(db.orm, params.showId) }),
    'sale:stop': async ({ params, body, caller }) => {
      const sale = await getSaleOfShow(db.orm, params);
      await endSale(sale.id, 'stopped', { actorId: caller.userId, reason: body.reason });
      return {};
    },
    'sale:extend': async ({ params, body, idempotencyKey: key }) => ({
      sale: await extendSale({ ...params, ...body, key }),
    }),
    'sale:restock': async ({ params, body, idempotencyKey: key }) => ({
      sale: await restockSale({ ...params, ...body, key }),
    }),
  };
}
