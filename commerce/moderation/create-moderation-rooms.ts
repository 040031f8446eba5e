import type { Clock } from '@souk/runtime/clock';
import type { Database } from '../db/database.ts';
import type { HandlersOf } from '../http/route-handlers.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { createApproveMessage } from './approve-message.ts';
import type { BanGuard } from './ban-guard.ts';
import type { Bans } from './bans.ts';
import { createBans } from './bans.ts';
import { createDeleteMessage } from './delete-message.ts';
import { createDisconnectUser } from './disconnect-user.ts';
import type { MessageStore } from './message-store.ts';
import { createModeratorRoster, type ModeratorRoster } from './moderator-roster.ts';
import { createMutes } from './mute-user.ts';
import { createFindPersonName } from './person-name.ts';
import { createMessagePins } from './pin-message.ts';
import { createReports } from './reports.ts';
import { createModerationRoutes, type ModerationNames } from './routes.ts';
import { createShadowBans } from './shadow-bans.ts';
import { createGetUserCard } from './user-card.ts';

export interface ModerationRooms {
  readonly handlers: HandlersOf<ModerationNames>;
  readonly roster: ModeratorRoster;
  readonly bans: Bans;
}

/** Puts together what the staff of a show needs. */
export function createModerationRooms(deps: {
  db: Database;
  outbox: Outbox;
  messages: MessageStore;
  banGuard: BanGuard;
  clock: Clock;
}): ModerationRooms {
  const { orm } = deps.db;
  const shared = { ...deps, orm, findName: createFindPersonName({ ...deps, orm }) };
  const roster = createModeratorRoster(shared);
  const bans = createBans(shared);
  const handlers = createModerationRoutes({
    roster,
    bans,
    mutes: createMutes(shared),
    shadowBans: createShadowBans(shared),
    disconnectUser: createDisconnectUser(shared),
    deleteMessage: createDeleteMessage(shared),
    approveMessage: createApproveMessage(shared),
    messagePins: createMessagePins(shared),
    reports: createReports(shared),
    getUserCard: createGetUserCard(shared),
  });
  return { handlers, roster, bans };
}
