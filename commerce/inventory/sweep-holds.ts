import type { HoldId, MerchantId, ShowId, UserId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction } from '../db/database.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Availability } from './availability.ts';
import type { HoldStore } from './hold-store.ts';
import type { ResolveClaims } from './resolve-claims.ts';

export interface SweepDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly holds: HoldStore;
  readonly availability: Availability;
  readonly resolveClaims: ResolveClaims;
  readonly clock: Clock;
}

const TURN_LIMIT = 200;

/** Ends the holds of every merchant that are due, tells their owners, and resolves claims that nobody finished. */
export function createSweepHolds(deps: SweepDeps): () => Promise<void> {
  return async () => {
    for (const merchantId of await deps.holds.merchants()) await sweepMerchant(deps, merchantId);
  };
}

async function sweepMerchant(deps: SweepDeps, merchantId: MerchantId): Promise<void> {
  let told: readonly HoldId[] = [];
  for (;;) {
    const { untold, overdue, left, isIdle } = await deps.holds.expireDue(merchantId, {
      limit: TURN_LIMIT,
      told,
    });
    deps.availability.changed(merchantId, left);
    if (isIdle) return deps.holds.forgetMerchant(merchantId);
    await deps.resolveClaims(merchantId, overdue, 'active');
    await tellOwners(deps, untold);
    told = untold.map(({ id }) => id);
    if (told.length === 0) return;
  }
}

interface ExpiredHold {
  readonly id: HoldId;
  readonly buyer: UserId | '';
  readonly showId: ShowId | '';
}

async function tellOwners({ db, outbox, clock }: SweepDeps, expired: readonly ExpiredHold[]): Promise<void> {
  const now = clock.now();
  const items = expired.flatMap(({ id: holdId, buyer, showId }) => {
    if (buyer === '' || showId === '') return [];
    const entry = createEntry('hold:ended', now, { holdId, reason: 'expired' }, buyer);
    // Whoever told it may have died before striking it off the list.
    return [{ kind: 'timeline', showId, entry, factId: `hold-ended:${holdId}` } as const];
  });
  if (items.length > 0) await inTransaction(db, (tx) => outbox.publish(tx, ...items));
}
