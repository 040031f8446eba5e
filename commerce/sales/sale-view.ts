import type { Sale } from '@souk/protocol/http/sales';
import type { ShowId } from '@souk/protocol/ids';
import { createEntry, type NewEntry, type SaleFacts } from '@souk/protocol/timeline/entries';
import type { Executor } from '../db/database.ts';
import type { SaleRow } from '../inventory/pool-sync.ts';
import { countWaiting } from '../waitlist/waitlist-repository.ts';
import { listSalesOfShow } from './sale-repository.ts';

/** How many sales the list of a show holds at most. */
const LIST_LIMIT = 200;

/** Sales as their hosts see them, with how many buyers wait. */
export async function toSaleViews(db: Executor, rows: readonly SaleRow[]): Promise<Sale[]> {
  const waiting = await countWaiting(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => toSaleView(row, waiting.get(row.id) ?? 0));
}

/** A sale as its host sees it. */
export function toSaleView(row: SaleRow, waiting: number): Sale {
  const { id, productId, variantId, status, endReason, priceMinor, units, claimed } = row;
  const { totalLimit, perBuyerLimit, announceAt, startsAt, endsAt } = row;
  return {
    ...{ id, productId, variantId, status, endReason, priceMinor, units, claimed },
    ...{ totalLimit, perBuyerLimit, announceAt, startsAt, endsAt, waiting },
  };
}

/** The sales of a show, newest first. */
export async function listSaleViews(db: Executor, showId: ShowId): Promise<Sale[]> {
  return toSaleViews(db, await listSalesOfShow(db, showId, LIST_LIMIT));
}

/** What viewers are told of a sale. */
export function factsOf(sale: SaleRow): SaleFacts {
  const { id: saleId, productId, variantId, units, priceMinor, perBuyerLimit, startsAt, endsAt } = sale;
  return { saleId, productId, variantId, units, priceMinor, perBuyerLimit, startsAt, endsAt };
}

/** The entry that tells the state that a sale is in; of an ended one nothing is left to tell. */
export function entryOfState(sale: SaleRow): NewEntry | undefined {
  switch (sale.status) {
    case 'scheduled':
      return createEntry('sale:scheduled', sale.updatedAt, factsOf(sale));
    case 'announced':
      return createEntry('sale:announced', sale.announceAt, factsOf(sale));
    case 'running':
      return createEntry('sale:started', sale.startsAt, factsOf(sale));
    case 'ended':
      return undefined;
  }
}
