import type { moderationCommands } from '@souk/protocol/http/moderation';
import type { HandlersOf } from '../http/route-handlers.ts';
import type { ApproveMessage } from './approve-message.ts';
import type { Bans } from './bans.ts';
import type { DeleteMessage } from './delete-message.ts';
import type { DisconnectUser } from './disconnect-user.ts';
import type { ModeratorRoster } from './moderator-roster.ts';
import type { Mutes } from './mute-user.ts';
import type { MessagePins } from './pin-message.ts';
import type { Reports } from './reports.ts';
import type { ShadowBans } from './shadow-bans.ts';
import type { GetUserCard } from './user-card.ts';

export interface ModerationDeps {
  readonly roster: ModeratorRoster;
  readonly mutes: Mutes;
  readonly bans: Bans;
  readonly shadowBans: ShadowBans;
  readonly disconnectUser: DisconnectUser;
  readonly deleteMessage: DeleteMessage;
  readonly approveMessage: ApproveMessage;
  readonly messagePins: MessagePins;
  readonly reports: Reports;
  readonly getUserCard: GetUserCard;
}

/** What the staff of a show does to people and messages; the rules of its chat are the community's. */
export type ModerationNames = Exclude<keyof typeof moderationCommands, `chat-${string}`>;

export function createModerationRoutes(deps: ModerationDeps): HandlersOf<ModerationNames> {
  return {
    ...createMessageRoutes(deps),
    ...createPeopleRoutes(deps),
    'moderator:invite': ({ params, body, caller }) =>
      deps.roster.invite(params.showId, body.email, caller.userId),
    'moderator:remove': async ({ params, caller }) => {
      await deps.roster.remove(params.showId, params.userId, caller.userId);
      return {};
    },
    'report:file': async ({ params, body, caller }) => {
      await deps.reports.file({ ...params, ...body, reporterId: caller.userId });
      return {};
    },
    'report:resolve': async ({ params, body, caller }) => {
      await deps.reports.resolve({ ...params, ...body, resolvedBy: caller.userId });
      return {};
    },
  };
}

type MessageNames = Extract<ModerationNames, `message:${string}`>;

function createMessageRoutes(deps: ModerationDeps): HandlersOf<MessageNames> {
  const { deleteMessage, approveMessage, messagePins } = deps;
  return {
    'message:delete': async ({ params, query, caller }) => {
      await deleteMessage({ ...params, ...query, deletedBy: caller.userId });
      return {};
    },
    'message:approve': async ({ params, body, caller }) => {
      await approveMessage({ ...params, ...body, approvedBy: caller.userId });
      return {};
    },
    'message:pin': async ({ params, body, caller }) => {
      await messagePins.pin(params.showId, body.messageId, caller.userId);
      return {};
    },
    'message:unpin': async ({ params, caller }) => {
      await messagePins.unpin(params.showId, caller.userId);
      return {};
    },
  };
}

type PeopleNames = Extract<ModerationNames, `user:${string}`>;

function createPeopleRoutes(deps: ModerationDeps): HandlersOf<PeopleNames> {
  const { mutes, bans, shadowBans, disconnectUser, getUserCard } = deps;
  return {
    'user:mute': async ({ params, body, caller }) => ({
      until: await mutes.mute({ ...params, ...body, mutedBy: caller.userId }),
    }),
    'user:unmute': async ({ params, caller }) => {
      await mutes.unmute(params.showId, params.userId, caller.userId);
      return {};
    },
    'user:ban': async ({ params, body, caller }) => {
      await bans.ban({ ...params, ...body, bannedBy: caller.userId });
      return {};
    },
    'user:unban': async ({ params, caller }) => {
      await bans.unban(params.showId, params.userId, caller.userId);
      return {};
    },
    'user:shadow-ban': async ({ params, body, caller }) => {
      await shadowBans.ban({ ...params, ...body, bannedBy: caller.userId });
      return {};
    },
    'user:shadow-unban': async ({ params, caller }) => {
      await shadowBans.unban(params.showId, params.userId, caller.userId);
      return {};
    },
    'user:disconnect': async ({ params, body, caller }) => {
      await disconnectUser({ ...params, ...body, actorId: caller.userId });
      return {};
    },
    'user:card': ({ params }) => getUserCard(params.showId, params.userId),
  };
}
