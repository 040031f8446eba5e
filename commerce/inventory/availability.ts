import type { HoldId, MerchantId } from '@souk/protocol/ids';
import type { Logger } from '@souk/runtime/logger';
import type { Database } from '../db/database.ts';
import type { PoolLeft } from './hold-scripts.ts';
import type { HoldStore } from './hold-store.ts';
import { type PoolNames, type PoolSync, readPools } from './pool-sync.ts';
import type { SoldOutMemory } from './sold-out-memory.ts';
import type { SoldOutWatch } from './sold-out-watch.ts';
import type { StockLevels } from './stock-levels.ts';

export interface Availability {
  /** Brings the counts of PostgreSQL to Redis and tells viewers. Asked for twice at once, it reads once. */
  refresh(merchantId: MerchantId, names: PoolNames): Promise<void>;
  /** The same after a commit, whose success it cannot change any more: faults are logged, and the sweeper makes up for it. */
  refreshOrLater(merchantId: MerchantId, names: PoolNames): Promise<void>;
  /** Ends a claim with the counts that PostgreSQL has after it. */
  finishClaim(
    merchantId: MerchantId,
    holdIds: readonly HoldId[],
    outcome: 'claimed' | 'released' | 'active',
    sync: PoolSync,
  ): Promise<void>;
  /** Calls back with what each script has changed. */
  watch(listener: (left: readonly PoolLeft[]) => void): void;
  /** Tells viewers what a script has changed. */
  changed(merchantId: MerchantId, left: readonly PoolLeft[]): void;
}

export interface AvailabilityDeps {
  readonly db: Database;
  readonly holds: HoldStore;
  readonly levels: StockLevels;
  readonly soldOut: SoldOutWatch;
  readonly soldOutMemory: SoldOutMemory;
  readonly logger: Logger;
}

/** Variants of one call of Redis: it does nothing else meanwhile, and a catalogue may have ten thousand. */
const SLICE = 500;

/** Keeps Redis in step with PostgreSQL, and viewers in step with Redis. */
export function createAvailability({
  db,
  holds,
  levels,
  soldOut,
  soldOutMemory,
  logger,
}: AvailabilityDeps): Availability {
  const loads = new Map<string, Promise<void>>();
  const listeners = new Set<(left: readonly PoolLeft[]) => void>();
  const changed = (merchantId: MerchantId, left: readonly PoolLeft[]): void => {
    soldOutMemory.notice(left);
    levels.touch(merchantId, left);
    soldOut.notice(left);
    for (const listener of listeners) listener(left);
  };
  const load = async (merchantId: MerchantId, names: PoolNames): Promise<void> => {
    for (const slice of sliced(names))
      changed(merchantId, await holds.sync(merchantId, await readPools(db.orm, merchantId, slice)));
  };
  const availability: Availability = {
    changed,
    watch(listener) {
      listeners.add(listener);
    },
    refreshOrLater: (merchantId, names) =>
      availability
        .refresh(merchantId, names)
        .catch((err: unknown) => logger.warn({ event: 'counts-delayed', merchantId, err })),
    refresh(merchantId, names) {
      const key = JSON.stringify([merchantId, names]);
      const under = loads.get(key) ?? load(merchantId, names).finally(() => loads.delete(key));
      loads.set(key, under);
      return under;
    },
    async finishClaim(merchantId, holdIds, outcome, sync) {
      changed(merchantId, await holds.finishClaim(merchantId, holdIds, outcome, sync));
    },
  };
  return availability;
}

/** The same names in slices, the sales with the first. */
function* sliced({ variantIds, ...rest }: PoolNames): Generator<PoolNames> {
  yield { ...rest, variantIds: variantIds.slice(0, SLICE) };
  for (let from = SLICE; from < variantIds.length; from += SLICE)
    yield { variantIds: variantIds.slice(from, from + SLICE), saleIds: [] };
}
