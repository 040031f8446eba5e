import { z } from 'zod';
import { blockedWordSchema } from '../chat.ts';
import {
  anyone,
  type HttpCommandSpec,
  readRate,
  shopkeepers,
  slowRate,
  writeRate,
} from '../commands/command-spec.ts';
import { merchantIdSchema, showIdSchema, userIdSchema } from '../ids.ts';
import { instantSchema } from '../instant.ts';
import { limits } from '../limits.ts';

const nothing = z.strictObject({});
const merchantParams = z.strictObject({ merchantId: merchantIdSchema });
const wordsSchema = z.array(blockedWordSchema).max(limits.blockedWords);
/** Whoever has an account. */
const members = ['viewer', 'moderator', 'host', 'merchant', 'admin'] as const;

/** What becomes of a message when the review hook does not answer in time. */
export const hookFallbacks = ['allow', 'hold', 'deny'] as const;

export const reviewHookSchema = z.strictObject({
  url: z.url().max(500),
  onTimeout: z.enum(hookFallbacks),
  isOn: z.boolean(),
});
export type ReviewHook = z.infer<typeof reviewHookSchema>;

export const auditRowSchema = z.strictObject({
  id: z.int(),
  at: instantSchema,
  actorId: userIdSchema,
  actorName: z.string(),
  /** Name of the command, for example `user:mute`. */
  action: z.string(),
  showId: showIdSchema.nullable(),
  showTitle: z.string().nullable(),
  /** What it was done to: an id; null where it is the show or the shop itself. */
  subject: z.string().nullable(),
  /** Name of the person it was done to, where it is one. */
  subjectName: z.string().nullable(),
  reason: z.string(),
});
export type AuditRow = z.infer<typeof auditRowSchema>;

const auditFilter = {
  showId: showIdSchema.optional(),
  actorId: userIdSchema.optional(),
  action: z.string().max(64).optional(),
};

/** Followers of a shop, and what a shop decides for the chat of all its shows. */
export const communityCommands = {
  'merchant:standing': {
    via: 'http',
    summary: 'How the caller stands to a shop: follower, buyer; and how many follow it.',
    method: 'GET',
    path: '/api/merchants/:merchantId/standing',
    roles: anyone,
    scope: 'platform',
    rate: readRate,
    params: merchantParams,
    response: z.strictObject({
      isFollowing: z.boolean(),
      hasBought: z.boolean(),
      followers: z.int().min(0),
    }),
  },
  'merchant:follow': {
    via: 'http',
    summary: 'Follow a shop.',
    method: 'PUT',
    path: '/api/merchants/:merchantId/follow',
    roles: members,
    scope: 'platform',
    rate: writeRate,
    params: merchantParams,
    response: nothing,
  },
  'merchant:unfollow': {
    via: 'http',
    summary: 'Follow a shop no more.',
    method: 'DELETE',
    path: '/api/merchants/:merchantId/follow',
    roles: members,
    scope: 'platform',
    rate: writeRate,
    params: merchantParams,
    response: nothing,
  },
  'blocked-words:get': {
    via: 'http',
    summary: 'The words that are blocked in every show of a shop.',
    method: 'GET',
    path: '/api/merchants/:merchantId/blocked-words',
    roles: shopkeepers,
    scope: 'merchant',
    rate: readRate,
    params: merchantParams,
    response: z.strictObject({ words: wordsSchema }),
  },
  'blocked-words:set': {
    via: 'http',
    summary: 'Set the words that are blocked in every show of a shop; shows on air follow at once.',
    method: 'PUT',
    path: '/api/merchants/:merchantId/blocked-words',
    roles: shopkeepers,
    scope: 'merchant',
    rate: writeRate,
    params: merchantParams,
    body: z.strictObject({ words: wordsSchema }),
    response: nothing,
  },
  'ban:list': {
    via: 'http',
    summary: 'Who is banned from every show of a shop, newest first, page by page.',
    method: 'GET',
    path: '/api/merchants/:merchantId/bans',
    roles: shopkeepers,
    scope: 'merchant',
    rate: readRate,
    params: merchantParams,
    query: z.strictObject({ before: z.coerce.number().int().min(1).optional() }),
    response: z.strictObject({
      bans: z
        .array(
          z.strictObject({
            userId: userIdSchema,
            name: z.string(),
            reason: z.string(),
            bannedByName: z.string(),
            at: instantSchema,
          }),
        )
        .max(limits.pageSize),
      /** `before` of the next page; null on the last. */
      next: z.int().nullable(),
    }),
  },
  'ban:lift': {
    via: 'http',
    summary: 'Lift a ban that reaches over every show of a shop.',
    method: 'DELETE',
    path: '/api/merchants/:merchantId/bans/:userId',
    roles: shopkeepers,
    scope: 'merchant',
    rate: writeRate,
    params: z.strictObject({ merchantId: merchantIdSchema, userId: userIdSchema }),
    response: nothing,
  },
  'review-hook:get': {
    via: 'http',
    summary: 'The review hook of a shop, without its secret.',
    method: 'GET',
    path: '/api/merchants/:merchantId/review-hook',
    roles: shopkeepers,
    scope: 'merchant',
    rate: readRate,
    params: merchantParams,
    response: z.strictObject({ hook: reviewHookSchema.nullable() }),
  },
  'review-hook:set': {
    via: 'http',
    summary: 'Set the address that is asked about each chat message. A new secret is made and told once.',
    method: 'PUT',
    path: '/api/merchants/:merchantId/review-hook',
    roles: shopkeepers,
    scope: 'merchant',
    rate: slowRate,
    params: merchantParams,
    body: z.strictObject({ hook: reviewHookSchema, isNewSecretWanted: z.boolean().default(false) }),
    response: z.strictObject({ hook: reviewHookSchema, secret: z.string().nullable() }),
  },
  'review-hook:remove': {
    via: 'http',
    summary: 'Ask nobody outside about messages any more.',
    method: 'DELETE',
    path: '/api/merchants/:merchantId/review-hook',
    roles: shopkeepers,
    scope: 'merchant',
    rate: writeRate,
    params: merchantParams,
    response: nothing,
  },
  'review-hook:try': {
    via: 'http',
    summary: 'Send a made-up message to the review hook, and tell what it answered and how long it took.',
    method: 'POST',
    path: '/api/merchants/:merchantId/review-hook/try',
    roles: shopkeepers,
    scope: 'merchant',
    rate: slowRate,
    params: merchantParams,
    body: z.strictObject({ text: z.string().trim().min(1).max(limits.chatTextCodePoints) }),
    response: z.strictObject({
      outcome: z.enum(['allow', 'deny', 'rewrite', 'timeout', 'bad-answer', 'unreachable']),
      /** Of `rewrite`. */
      text: z.string().nullable(),
      tookMs: z.int().min(0),
    }),
  },
  'audit:list': {
    via: 'http',
    summary: 'Who did what in the shows of a shop, newest first, page by page.',
    method: 'GET',
    path: '/api/merchants/:merchantId/audit',
    roles: shopkeepers,
    scope: 'merchant',
    rate: readRate,
    params: merchantParams,
    query: z.strictObject({ ...auditFilter, before: z.coerce.number().int().min(1).optional() }),
    response: z.strictObject({
      rows: z.array(auditRowSchema).max(limits.pageSize),
      /** `before` of the next page; null on the last. */
      next: z.int().nullable(),
    }),
  },
  'audit:export': {
    via: 'http',
    summary: 'The same as CSV (RFC 4180), the newest 50,000 rows.',
    method: 'GET',
    path: '/api/merchants/:merchantId/audit-export',
    roles: shopkeepers,
    scope: 'merchant',
    rate: slowRate,
    params: merchantParams,
    query: z.strictObject(auditFilter),
    response: z.strictObject({ fileName: z.string(), csv: z.string() }),
  },
} as const satisfies Record<string, HttpCommandSpec>;
