import type { Logger } from '@souk/runtime/logger';
import type { HandlersOf } from '../http/route-handlers.ts';
import { createJoinWaitlist } from './join-waitlist.ts';
import { createLeaveWaitlist } from './leave-waitlist.ts';
import { createOfferUnits, type OfferDeps } from './offer-units.ts';
import { createResolveOffers } from './resolve-offers.ts';
import { createWaitlistRoutes, type WaitlistNames } from './routes.ts';
import { createSweepWaitlists } from './sweep-waitlists.ts';
import { createUnitsWatch } from './watch-units.ts';

export interface WaitlistRooms {
  readonly handlers: HandlersOf<WaitlistNames>;
  readonly sweepWaitlists: () => Promise<void>;
  /** Ends the offers that are under way. */
  close(): Promise<void>;
}

/** Puts the waitlists together; from then on units that come free are offered. */
export function createWaitlistRooms(deps: OfferDeps & { readonly logger: Logger }): WaitlistRooms {
  const resolveOffers = createResolveOffers(deps);
  const offerUnits = createOfferUnits({ ...deps, resolveOffers });
  const watch = createUnitsWatch({ offerUnits, logger: deps.logger });
  deps.availability.watch(watch.notice);
  return {
    handlers: createWaitlistRoutes({
      ...deps,
      joinWaitlist: createJoinWaitlist(deps),
      leaveWaitlist: createLeaveWaitlist(deps),
    }),
    sweepWaitlists: createSweepWaitlists({ ...deps, offerUnits, resolveOffers }),
    close: watch.close,
  };
}
