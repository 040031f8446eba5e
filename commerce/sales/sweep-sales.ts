import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { Database } from '../db/database.ts';
import type { SoldOutWatch } from '../inventory/sold-out-watch.ts';
import { sweepItems } from '../sweep-items.ts';
import type { MoveSale } from './begin-sale.ts';
import type { EndSale } from './end-sale.ts';
import { listDueSales, listRunningSales, listUnsettledSales } from './sale-repository.ts';
import type { SettleSale } from './settle-sale.ts';

export interface SweepSalesDeps {
  readonly db: Database;
  readonly soldOut: SoldOutWatch;
  readonly announceSale: MoveSale;
  readonly beginSale: MoveSale;
  readonly endSale: EndSale;
  readonly settleSale: SettleSale;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What a job of its own should have done this long ago is done here. */
const OVERDUE_MS = 5_000;
/** Viewers watch for the beginning. */
const BEGIN_OVERDUE_MS = 2_000;

/** The net under the jobs of sales, and under what viewers are told of sold-out ones. */
export function createSweepSales(deps: SweepSalesDeps): () => Promise<void> {
  const { db, soldOut, announceSale, beginSale, endSale, settleSale, clock, logger } = deps;
  return async () => {
    const now = clock.now();
    await sweepItems(logger, await listDueSales(db.orm, now - BEGIN_OVERDUE_MS), (sale) =>
      sale.startsAt <= now ? beginSale(sale.id) : announceSale(sale.id),
    );
    await sweepItems(logger, await listRunningSales(db.orm), (sale) =>
      sale.endsAt < now - OVERDUE_MS ? endSale(sale.id, 'time-up') : soldOut.check(sale.id),
    );
    await sweepItems(logger, await listUnsettledSales(db.orm, now - OVERDUE_MS), (sale) =>
      settleSale(sale.id).catch(ignoreStillHeld),
    );
  };
}

function ignoreStillHeld(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'UNAVAILABLE') throw error;
}
