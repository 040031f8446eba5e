import type { ProductId, ShowId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction } from '../db/database.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { findLineup, lockOpenShow, updateShow } from './show-repository.ts';

/** How far back the host's meant instant may lie. */
const MEANT_AT_MAX_AGE_MS = 5_000;

/** The instant that the sender meant, bounded to the last seconds; now, when none was named. */
export function boundInstant(meantAt: number | undefined, now: number): number {
  return meantAt === undefined ? now : Math.min(now, Math.max(now - MEANT_AT_MAX_AGE_MS, meantAt));
}

export interface Pins {
  /** `at`: server wall-clock milliseconds. Throws AppError SHOW_ENDED, PRODUCT_NOT_IN_LINEUP. */
  set(showId: ShowId, pin: { productId: ProductId; at?: number | undefined }): Promise<void>;
  /** Does nothing when no product is pinned. `at` as with `set`. Throws AppError SHOW_ENDED. */
  clear(showId: ShowId, at?: number): Promise<void>;
}

export function createPins({ db, outbox, clock }: { db: Database; outbox: Outbox; clock: Clock }): Pins {
  return {
    set: (showId, { productId, at }) =>
      inTransaction(db, async (tx) => {
        await lockOpenShow(tx, showId);
        const lineup = await findLineup(tx, showId);
        if (!lineup.includes(productId)) throw new AppError('PRODUCT_NOT_IN_LINEUP');
        await updateShow(tx, showId, { pinnedProductId: productId });
        const entry = createEntry('product:pinned', boundInstant(at, clock.now()), { productId });
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
      }),
    clear: (showId, at) =>
      inTransaction(db, async (tx) => {
        const { pinnedProductId: productId } = await lockOpenShow(tx, showId);
        if (productId === null) return;
        await updateShow(tx, showId, { pinnedProductId: null });
        const entry = createEntry('product:unpinned', boundInstant(at, clock.now()), { productId });
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
      }),
  };
}
