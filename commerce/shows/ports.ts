import type { ProductCard } from '@souk/protocol/catalog';
import type { ProductId, ShowId } from '@souk/protocol/ids';
import type { Executor, Tx } from '../db/database.ts';

/** What the shows need of the catalog. */
export interface Catalog {
  /** The cards of these products, in the order of the ids; unknown ones are left out. */
  findCards(orm: Executor, productIds: readonly ProductId[]): Promise<ProductCard[]>;
}

/** What the shows need of the flash sales. */
export interface ShowSales {
  /** Ends every running sale of a show, with reason `show-ended`, in the transaction that ends the show. */
  endSalesOfShow(tx: Tx, showId: ShowId): Promise<void>;
}
