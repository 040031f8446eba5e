import { z } from 'zod';
import { type HttpCommandSpec, showCrew, showStaff, writeRate } from '../commands/command-spec.ts';
import { messageIdSchema, showIdSchema, userIdSchema } from '../ids.ts';
import { limits } from '../limits.ts';
import { emailSchema } from './auth.ts';

const nothing = z.strictObject({});
const showParams = z.strictObject({ showId: showIdSchema });
const memberParams = z.strictObject({ showId: showIdSchema, userId: userIdSchema });

export const moderationCommands = {
  'moderator:invite': {
    via: 'http',
    summary: 'Make somebody a moderator of this show.',
    method: 'POST',
    path: '/api/shows/:showId/moderators',
    roles: showCrew,
    scope: 'show',
    rate: writeRate,
    params: showParams,
    body: z.strictObject({ email: emailSchema }),
    response: z.strictObject({ userId: userIdSchema, name: z.string() }),
  },
  'moderator:remove': {
    via: 'http',
    summary: 'Take the role of moderator back.',
    method: 'DELETE',
    path: '/api/shows/:showId/moderators/:userId',
    roles: showCrew,
    scope: 'show',
    rate: writeRate,
    params: memberParams,
    response: nothing,
  },
  'message:delete': {
    via: 'http',
    summary: 'Delete a chat message, in the archive too.',
    method: 'DELETE',
    path: '/api/shows/:showId/messages/:messageId',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: z.strictObject({ showId: showIdSchema, messageId: messageIdSchema }),
    response: nothing,
  },
  'user:mute': {
    via: 'http',
    summary: 'Mute somebody in this show for a time. Staff cannot be muted.',
    method: 'PUT',
    path: '/api/shows/:showId/mutes/:userId',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: memberParams,
    body: z.strictObject({
      seconds: z.int().min(1).max(limits.muteSecondsMax),
      reason: z.string().trim().max(limits.reasonLength).default(''),
    }),
    response: z.strictObject({ until: z.int() }),
  },
  'user:unmute': {
    via: 'http',
    summary: 'End a mute before its time.',
    method: 'DELETE',
    path: '/api/shows/:showId/mutes/:userId',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: memberParams,
    response: nothing,
  },
} as const satisfies Record<string, HttpCommandSpec>;
