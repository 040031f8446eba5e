import type { moderationCommands } from '@souk/protocol/http/moderation';
import type { HandlersOf } from '../http/route-handlers.ts';
import type { DeleteMessage } from './delete-message.ts';
import type { ModeratorRoster } from './moderator-roster.ts';
import type { Mutes } from './mute-user.ts';

export interface ModerationDeps {
  readonly roster: ModeratorRoster;
  readonly mutes: Mutes;
  readonly deleteMessage: DeleteMessage;
}

export function createModerationRoutes(deps: ModerationDeps): HandlersOf<keyof typeof moderationCommands> {
  const { roster, mutes, deleteMessage } = deps;
  return {
    'moderator:invite': ({ params, body, caller }) => roster.invite(params.showId, body.email, caller.userId),
    'moderator:remove': async ({ params, caller }) => {
      await roster.remove(params.showId, params.userId, caller.userId);
      return {};
    },
    'message:delete': async ({ params, caller }) => {
      await deleteMessage({ ...params, deletedBy: caller.userId });
      return {};
    },
    'user:mute': async ({ params, body, caller }) => ({
      until: await mutes.mute({ ...params, ...body, mutedBy: caller.userId }),
    }),
    'user:unmute': async ({ params, caller }) => {
      await mutes.unmute(params.showId, params.userId, caller.userId);
      return {};
    },
  };
}
