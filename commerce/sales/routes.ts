import { AppError } from '@souk/runtime/app-error';
import type { Database } from '../db/database.ts';
import type { HandlersOf } from '../http/route-handlers.ts';
import type { EndSale } from './end-sale.ts';
import { findSale } from './sale-repository.ts';
import type { StartSale } from './start-sale.ts';

export interface SalesRoutesDeps {
  readonly db: Database;
  readonly startSale: StartSale;
  readonly endSale: EndSale;
}

/** Handlers of flash sales. */
export function createSalesRoutes({
  db,
  startSale,
  endSale,
}: SalesRoutesDeps): HandlersOf<'sale:start' | 'sale:stop'> {
  return {
    'sale:start': ({ params, body }) => startSale(params.showId, body),
    'sale:stop': async ({ params }) => {
      const sale = await findSale(db.orm, params.saleId);
      if (sale === undefined || sale.showId !== params.showId) throw new AppError('SALE_NOT_FOUND');
      await endSale(sale.id, 'stopped');
      return {};
    },
  };
}
