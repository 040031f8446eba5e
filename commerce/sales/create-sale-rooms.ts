import type { ShowId } from '@souk/protocol/ids';
import type { Logger } from '@souk/runtime/logger';
import type { Tx } from '../db/database.ts';
import type { HandlersOf } from '../http/route-handlers.ts';
import type { SoldOutWatch } from '../inventory/sold-out-watch.ts';
import type { TradeJobs } from '../trade-rooms.ts';
import { createAnnounceSale, createBeginSale } from './begin-sale.ts';
import { createExtendSale, createRestockSale } from './change-sale.ts';
import { createEndSale, createEndSalesOfShow, type EndSaleDeps } from './end-sale.ts';
import { createSalesRoutes, type SaleNames } from './routes.ts';
import { createSettleSale } from './settle-sale.ts';
import { createStartSale } from './start-sale.ts';
import { createSweepSales } from './sweep-sales.ts';

export interface SaleRoomsDeps extends EndSaleDeps {
  readonly soldOut: SoldOutWatch;
  readonly logger: Logger;
}

export interface SaleRooms {
  readonly handlers: HandlersOf<SaleNames>;
  readonly endSalesOfShow: (tx: Tx, showId: ShowId) => Promise<void>;
  readonly jobs: Pick<TradeJobs, 'announceSale' | 'beginSale' | 'endSale' | 'settleSale'>;
  /** Does what a lost job should have done. */
  readonly sweepSales: () => Promise<void>;
}

/** Puts flash sales together. */
export function createSaleRooms(deps: SaleRoomsDeps): SaleRooms {
  const endSale = createEndSale(deps);
  const shared = { ...deps, endSale };
  const announceSale = createAnnounceSale(shared);
  const beginSale = createBeginSale(shared);
  const settleSale = createSettleSale(deps);
  return {
    handlers: createSalesRoutes({
      db: deps.db,
      endSale,
      startSale: createStartSale(shared),
      extendSale: createExtendSale(deps),
      restockSale: createRestockSale(deps),
    }),
    endSalesOfShow: createEndSalesOfShow(deps),
    jobs: {
      announceSale: ({ saleId }) => announceSale(saleId),
      beginSale: ({ saleId }) => beginSale(saleId),
      endSale: ({ saleId }) => endSale(saleId, 'time-up'),
      settleSale: ({ saleId }) => settleSale(saleId),
    },
    sweepSales: createSweepSales({ ...shared, announceSale, beginSale, settleSale }),
  };
}
