import type { Clock } from '@souk/runtime/clock';
import type { Database } from '../db/database.ts';
import type { HandlersOf } from '../http/route-handlers.ts';
import type { JoinWaitlist } from './join-waitlist.ts';
import type { LeaveWaitlist } from './leave-waitlist.ts';
import { listWaits } from './waitlist-view.ts';

export type WaitlistNames = 'waitlist:join' | 'waitlist:leave' | 'waitlist:list';

/** Handlers of the waitlists. */
export function createWaitlistRoutes(deps: {
  readonly db: Database;
  readonly joinWaitlist: JoinWaitlist;
  readonly leaveWaitlist: LeaveWaitlist;
  readonly clock: Clock;
}): HandlersOf<WaitlistNames> {
  const { db, joinWaitlist, leaveWaitlist, clock } = deps;
  return {
    'waitlist:join': async ({ params, caller }) => ({
      entry: await joinWaitlist(caller, params.showId, params.saleId),
    }),
    'waitlist:leave': async ({ params, caller }) => {
      await leaveWaitlist(caller, params.showId, params.saleId);
      return {};
    },
    'waitlist:list': async ({ caller }) => {
      const serverTime = clock.now();
      return { entries: await listWaits(db.orm, caller.userId, serverTime), serverTime };
    },
  };
}
