import { z } from 'zod';
import {
  banScopeSchema,
  blockedWordActionSchema,
  blockedWordSchema,
  chatPolicySchema,
  reportOutcomeSchema,
  reportReasonSchema,
  reviewScopeSchema,
} from '../chat.ts';
import {
  anyone,
  type HttpCommandSpec,
  readRate,
  showCrew,
  showStaff,
  slowRate,
  writeRate,
} from '../commands/command-spec.ts';
import { messageIdSchema, reportIdSchema, showIdSchema, userIdSchema } from '../ids.ts';
import { instantSchema } from '../instant.ts';
import { limits } from '../limits.ts';
import { optionalReasonSchema, reasonSchema } from '../reason.ts';
import { roleSchema } from '../roles.ts';
import { emailSchema } from './auth.ts';

const nothing = z.strictObject({});
const showParams = z.strictObject({ showId: showIdSchema });
const memberParams = z.strictObject({ showId: showIdSchema, userId: userIdSchema });

const messageParams = z.strictObject({ showId: showIdSchema, messageId: messageIdSchema });
const wordsSchema = z.array(blockedWordSchema).max(limits.blockedWords);

const deedSchema = z.strictObject({
  at: instantSchema,
  /** Name of the command, for example `user:mute`. */
  action: z.string(),
  actorId: userIdSchema,
  actorName: z.string(),
  showId: showIdSchema.nullable(),
  reason: z.string(),
});

export const userCardSchema = z.strictObject({
  userId: userIdSchema,
  name: z.string(),
  isGuest: z.boolean(),
  /** Roles at this show. */
  roles: z.array(roleSchema),
  /** When the account was made; null for guests. */
  memberSince: instantSchema.nullable(),
  isFollowing: z.boolean(),
  /** Paid orders with this merchant. */
  orders: z.int().min(0),
  mutedUntil: instantSchema.nullable(),
  ban: banScopeSchema.nullable(),
  isShadowBanned: z.boolean(),
  /** In this show. */
  messages: z.int().min(0),
  recentMessages: z
    .array(z.strictObject({ messageId: messageIdSchema, at: instantSchema, text: z.string() }))
    .max(50),
  reports: z.int().min(0),
  /** What was done to the person in shows of this merchant, newest first. */
  deeds: z.array(deedSchema).max(50),
});
export type UserCard = z.infer<typeof userCardSchema>;

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
    params: messageParams,
    /** A DELETE has no body that every client and proxy lets through. */
    query: z.strictObject({ reason: reasonSchema }),
    response: nothing,
  },
  'user:mute': {
    via: 'http',
    summary:
      'Mute somebody in this show for a time, and take away what they said last. Staff cannot be muted.',
    method: 'PUT',
    path: '/api/shows/:showId/mutes/:userId',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: memberParams,
    body: z.strictObject({
      seconds: z.int().min(1).max(limits.muteSecondsMax),
      reason: reasonSchema,
      removeMessages: z.boolean().default(true),
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
  'user:ban': {
    via: 'http',
    summary:
      'Ban somebody from this show or, as crew, from every show of the merchant. Staff cannot be banned.',
    method: 'PUT',
    path: '/api/shows/:showId/bans/:userId',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: memberParams,
    body: z.strictObject({
      scope: banScopeSchema.default('show'),
      reason: reasonSchema,
      removeMessages: z.boolean().default(true),
    }),
    response: nothing,
  },
  'user:unban': {
    via: 'http',
    summary: 'Lift a ban; of one that reaches over all shows of the merchant, as crew.',
    method: 'DELETE',
    path: '/api/shows/:showId/bans/:userId',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: memberParams,
    response: nothing,
  },
  'user:shadow-ban': {
    via: 'http',
    summary: 'Let nobody but the staff and the person see what the person says, without telling.',
    method: 'PUT',
    path: '/api/shows/:showId/shadow-bans/:userId',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: memberParams,
    body: z.strictObject({ reason: reasonSchema }),
    response: nothing,
  },
  'user:shadow-unban': {
    via: 'http',
    summary: 'End a shadow ban.',
    method: 'DELETE',
    path: '/api/shows/:showId/shadow-bans/:userId',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: memberParams,
    response: nothing,
  },
  'user:disconnect': {
    via: 'http',
    summary: 'Send somebody out of the show once; the person may come back.',
    method: 'POST',
    path: '/api/shows/:showId/users/:userId/disconnect',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: memberParams,
    body: z.strictObject({ reason: reasonSchema }),
    response: nothing,
  },
  'user:card': {
    via: 'http',
    summary:
      'What the staff of a show may know of a person: standing, recent messages, what was done before.',
    method: 'GET',
    path: '/api/shows/:showId/users/:userId',
    roles: showStaff,
    scope: 'show',
    rate: readRate,
    params: memberParams,
    response: userCardSchema,
  },
  'message:approve': {
    via: 'http',
    summary: 'Let a held message through.',
    method: 'POST',
    path: '/api/shows/:showId/messages/:messageId/approve',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: messageParams,
    body: optionalReasonSchema,
    response: nothing,
  },
  'message:pin': {
    via: 'http',
    summary: 'Pin one message above the chat, in the place of another.',
    method: 'PUT',
    path: '/api/shows/:showId/pinned-message',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: showParams,
    body: z.strictObject({ messageId: messageIdSchema }),
    response: nothing,
  },
  'message:unpin': {
    via: 'http',
    summary: 'Take the pinned message off.',
    method: 'DELETE',
    path: '/api/shows/:showId/pinned-message',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: showParams,
    response: nothing,
  },
  'report:file': {
    via: 'http',
    summary: 'Report a message, or a person, to the staff of the show. The same report again counts once.',
    method: 'POST',
    path: '/api/shows/:showId/reports',
    roles: anyone,
    scope: 'show',
    rate: slowRate,
    params: showParams,
    body: z.strictObject({
      userId: userIdSchema,
      messageId: messageIdSchema.nullable().default(null),
      reason: reportReasonSchema,
      note: z.string().trim().max(limits.reportNoteLength).default(''),
    }),
    response: nothing,
  },
  'report:resolve': {
    via: 'http',
    summary: 'Close a report: nothing was wrong, or something was done.',
    method: 'POST',
    path: '/api/shows/:showId/reports/:reportId/resolve',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: z.strictObject({ showId: showIdSchema, reportId: reportIdSchema }),
    body: z.strictObject({ outcome: reportOutcomeSchema }),
    response: nothing,
  },
  'chat-policy:set': {
    via: 'http',
    summary: 'Set who may chat in this show, how fast, and whether with links.',
    method: 'PUT',
    path: '/api/shows/:showId/chat-policy',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: showParams,
    body: chatPolicySchema,
    response: nothing,
  },
  'chat-filter:get': {
    via: 'http',
    summary: 'The blocked words of this show and of its merchant, and what becomes of a message with one.',
    method: 'GET',
    path: '/api/shows/:showId/chat-filter',
    roles: showStaff,
    scope: 'show',
    rate: readRate,
    params: showParams,
    response: z.strictObject({
      words: wordsSchema,
      merchantWords: wordsSchema,
      onMatch: blockedWordActionSchema,
      review: reviewScopeSchema,
      isHooked: z.boolean(),
    }),
  },
  'chat-filter:set': {
    via: 'http',
    summary:
      'Set the blocked words of this show, what becomes of a message with one, and which messages wait.',
    method: 'PUT',
    path: '/api/shows/:showId/chat-filter',
    roles: showStaff,
    scope: 'show',
    rate: writeRate,
    params: showParams,
    body: z.strictObject({
      words: wordsSchema,
      onMatch: blockedWordActionSchema,
      review: reviewScopeSchema,
    }),
    response: nothing,
  },
} as const satisfies Record<string, HttpCommandSpec>;
