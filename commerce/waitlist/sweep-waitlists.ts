import type { SaleId } from '@souk/protocol/ids';
import type { Logger } from '@souk/runtime/logger';
import { inTransaction } from '../db/database.ts';
import type { SaleRow } from '../inventory/pool-sync.ts';
import { sweepItems } from '../sweep-items.ts';
import type { OfferDeps, OfferUnits } from './offer-units.ts';
import { endWaiting, listEndedSalesWithWaiting, listOpenSales } from './waitlist-repository.ts';
import { toldOfEnd } from './waitlist-view.ts';

export interface SweepWaitlistsDeps extends OfferDeps {
  readonly offerUnits: OfferUnits;
  readonly resolveOffers: () => Promise<void>;
  readonly logger: Logger;
}

/** Buyers of one transaction. */
const BATCH = 500;

/** What became of offers, the end of waits whose sale is over, the numbers in Redis, and units that nobody was offered yet. */
export function createSweepWaitlists(deps: SweepWaitlistsDeps): () => Promise<void> {
  const { db, holds, availability, offerUnits, resolveOffers, logger } = deps;
  const serve = async ({ sale, waiting }: { sale: SaleRow; waiting: number }): Promise<void> => {
    const { merchantId, id: saleId } = sale;
    availability.changed(merchantId, await holds.waitLess(merchantId, saleId, 'count', waiting));
    if (waiting > 0) await offerUnits(saleId);
  };
  return async () => {
    await resolveOffers();
    await sweepItems(logger, await listEndedSalesWithWaiting(db.orm), (saleId) => endAll(deps, saleId));
    await sweepItems(logger, await listOpenSales(db.orm), serve);
  };
}

async function endAll({ db, outbox, clock }: SweepWaitlistsDeps, saleId: SaleId): Promise<void> {
  for (;;) {
    const now = clock.now();
    const ended = await inTransaction(db, async (tx) => {
      const entries = await endWaiting(tx, saleId, BATCH, now);
      await outbox.publish(tx, ...entries.map((entry) => toldOfEnd(entry, now)));
      return entries.length;
    });
    if (ended < BATCH) return;
  }
}
