import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { Redis } from '@souk/runtime/redis';
import type { LevelsStore } from '@souk/timeline/levels';
import type { CrashSeam } from '../crash-seam.ts';
import type { Database } from '../db/database.ts';
import type { BanGuard } from '../moderation/ban-guard.ts';
import type { Outbox } from '../outbox/outbox.ts';
import {
  type AdjustStock,
  createAdjustStock,
  createReceiveStock,
  type ReceiveStock,
} from './adjust-stock.ts';
import { type Availability, createAvailability } from './availability.ts';
import { createHoldStore, type HoldStore } from './hold-store.ts';
import { createMendPools } from './mend-pools.ts';
import { createReleaseHold, type ReleaseHold } from './release-hold.ts';
import { createResolveClaims, type ResolveClaims } from './resolve-claims.ts';
import { createShopFacts, type ShopFacts } from './shop-facts.ts';
import { createSoldOutMemory } from './sold-out-memory.ts';
import { createSoldOutWatch, type SoldOutWatch } from './sold-out-watch.ts';
import { createStockLevels } from './stock-levels.ts';
import { createSweepHolds } from './sweep-holds.ts';
import { createTakeHold, type TakeHold } from './take-hold.ts';

export interface HoldRoomsDeps {
  readonly db: Database;
  readonly redis: Redis;
  readonly outbox: Outbox;
  readonly banGuard: BanGuard;
  readonly levels: LevelsStore;
  readonly crash: CrashSeam;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly holdWindowMs: number;
}

export interface HoldRooms {
  readonly holds: HoldStore;
  readonly soldOut: SoldOutWatch;
  readonly availability: Availability;
  readonly facts: ShopFacts;
  readonly resolveClaims: ResolveClaims;
  readonly takeHold: TakeHold;
  readonly releaseHold: ReleaseHold;
  readonly adjustStock: AdjustStock;
  readonly receiveStock: ReceiveStock;
  readonly sweepHolds: () => Promise<void>;
  readonly mendPools: () => Promise<void>;
  /** Tells viewers what is still untold. */
  close(): Promise<void>;
}

/** Puts stock and holds together. */
export function createHoldRooms(deps: HoldRoomsDeps): HoldRooms {
  const holds = createHoldStore(deps.redis);
  const soldOut = createSoldOutWatch({ ...deps, holds });
  const soldOutMemory = createSoldOutMemory(deps);
  const stockLevels = createStockLevels({ ...deps, holds });
  const availability = createAvailability({ ...deps, holds, soldOut, soldOutMemory, levels: stockLevels });
  const facts = createShopFacts(deps);
  const shared = { ...deps, holds, availability, facts, soldOutMemory };
  const resolveClaims = createResolveClaims(shared);
  return {
    holds,
    soldOut,
    availability,
    facts,
    resolveClaims,
    takeHold: createTakeHold(shared),
    releaseHold: createReleaseHold(shared),
    adjustStock: createAdjustStock(shared),
    receiveStock: createReceiveStock(shared),
    sweepHolds: createSweepHolds({ ...shared, resolveClaims }),
    mendPools: createMendPools(shared),
    async close() {
      await soldOut.close();
      await stockLevels.close();
    },
  };
}
