import type { Merchant } from '@souk/protocol/http/desk';
import type { MerchantId } from '@souk/protocol/ids';
import { createEntry, type GuestPolicy } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction } from '../db/database.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { findOpenShowIds } from '../shows/show-repository.ts';
import { getMerchant, updatePolicy } from './merchant-repository.ts';

export type SetPolicy = (merchantId: MerchantId, policy: GuestPolicy) => Promise<Merchant>;

/** Decides what guests may do; the shows that are open learn it at once. Throws AppError NOT_FOUND. */
export function createSetPolicy(deps: { db: Database; outbox: Outbox; clock: Clock }): SetPolicy {
  const { db, outbox, clock } = deps;
  return (merchantId, policy) =>
    inTransaction(db, async (tx) => {
      await updatePolicy(tx, merchantId, policy);
      const merchant = await getMerchant(tx, merchantId);
      const entry = createEntry('policy:changed', clock.now(), policy);
      const showIds = await findOpenShowIds(tx, merchantId);
      await outbox.publish(tx, ...showIds.map((showId) => ({ kind: 'timeline', showId, entry }) as const));
      return merchant;
    });
}
