import type { ShowId } from '@souk/protocol/ids';
import type { Tx } from '../db/database.ts';

/** What the shows need of the flash sales. */
export interface ShowSales {
  /** Ends every running sale of a show, with reason `show-ended`, in the transaction that ends the show. */
  endSalesOfShow(tx: Tx, showId: ShowId): Promise<void>;
}
