import type { ShowId } from '@souk/protocol/ids';
import type { Tx } from '../db/database.ts';

/** What the shows need of the flash sales. */
export interface ShowSales {
  /** Ends every sale of a show, whatever its state, with reason `show-ended`, in the transaction that ends the show. */
  endSalesOfShow(tx: Tx, showId: ShowId): Promise<void>;
}
