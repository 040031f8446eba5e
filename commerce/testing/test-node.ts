import { createLevels } from '@souk/timeline/levels';
import { createHoldRooms, type HoldRooms } from '../inventory/create-hold-rooms.ts';
import { createSaleRooms, type SaleRooms } from '../sales/create-sale-rooms.ts';
import { createWaitlistRooms, type WaitlistRooms } from '../waitlist/create-waitlist-rooms.ts';
import { createJoinWaitlist, type JoinWaitlist } from '../waitlist/join-waitlist.ts';
import { createOfferUnits, type OfferUnits } from '../waitlist/offer-units.ts';
import { createResolveOffers } from '../waitlist/resolve-offers.ts';
import type { TestTrade } from './test-trade.ts';

/** Holds, sales and waitlists as another process would have them: on the same stores, with nothing else in common. */
export interface TestNode extends HoldRooms {
  readonly sales: SaleRooms;
  readonly waitlist: WaitlistRooms;
  readonly joinWaitlist: JoinWaitlist;
  readonly offerUnits: OfferUnits;
  /** Waits for what the node has begun. */
  stop(): Promise<void>;
}

/** Adds a node to the house. It sweeps only when it is told to. */
export function createTestNode(
  { commerce: { foundation } }: TestTrade,
  { holdWindowMs = 60_000, offerWindowMs = 60_000 } = {},
): TestNode {
  const levels = createLevels({ redis: foundation.redis });
  const rooms = createHoldRooms({ ...foundation, levels, holdWindowMs });
  const shared = { ...foundation, ...rooms, holdWindowMs, offerWindowMs };
  const waitlist = createWaitlistRooms(shared);
  return {
    ...rooms,
    sales: createSaleRooms(shared),
    waitlist,
    joinWaitlist: createJoinWaitlist(shared),
    offerUnits: createOfferUnits({ ...shared, resolveOffers: createResolveOffers(shared) }),
    async stop() {
      await waitlist.close();
      await rooms.close();
    },
  };
}
