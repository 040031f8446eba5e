import { z } from 'zod';
import { messageIdSchema } from './ids.ts';
import { limits } from './limits.ts';

/** Whom a show lets chat; its staff always may. */
export const chatAudiences = ['everyone', 'followers', 'buyers'] as const;
export const chatAudienceSchema = z.enum(chatAudiences);
export type ChatAudience = z.infer<typeof chatAudienceSchema>;

/** The rules of a show's chat that everybody may know. */
export const chatPolicySchema = z.strictObject({
  who: chatAudienceSchema,
  /** Seconds between two messages of one person; 0: no slow mode. */
  slowSeconds: z.int().min(0).max(limits.slowSecondsMax),
  linksAllowed: z.boolean(),
});
export type ChatPolicy = z.infer<typeof chatPolicySchema>;

export const openChatPolicy: ChatPolicy = { who: 'everyone', slowSeconds: 0, linksAllowed: true };

/** One blocked word or phrase, as people write it. */
export const blockedWordSchema = z.string().trim().min(1).max(limits.blockedWordLength);

/** What becomes of a message with a blocked word: it is refused, or it waits for a moderator. */
export const blockedWordActions = ['refuse', 'hold'] as const;
export const blockedWordActionSchema = z.enum(blockedWordActions);

/** Which messages wait for a moderator before others see them. */
export const reviewScopes = ['none', 'everyone'] as const;
export const reviewScopeSchema = z.enum(reviewScopes);

/** The rules of a show's chat that only its staff may know: with them known, they are easy to get round. */
export const chatFilterSchema = z.strictObject({
  /** The merchant's words and the show's. */
  words: z.array(blockedWordSchema).max(limits.blockedWords * 2),
  onMatch: blockedWordActionSchema,
  review: reviewScopeSchema,
  /** True while the merchant's review hook is asked about each message. */
  isHooked: z.boolean(),
});
export type ChatFilter = z.infer<typeof chatFilterSchema>;

export const openChatFilter: ChatFilter = { words: [], onMatch: 'refuse', review: 'none', isHooked: false };

/** Why a message waits. */
export const heldCauses = ['blocked-word', 'review', 'hook'] as const;
export const heldCauseSchema = z.enum(heldCauses);
export type HeldCause = z.infer<typeof heldCauseSchema>;

/** The message that another one answers; its text is looked up where it is shown, so that a deletion reaches it. */
export const replyToSchema = z.strictObject({
  messageId: messageIdSchema,
  name: z.string().min(1).max(limits.displayNameLength),
});

export type ReplyTo = z.infer<typeof replyToSchema>;

export const chatKinds = ['message', 'announcement'] as const;
export const chatKindSchema = z.enum(chatKinds);

/** How far a ban reaches: this show, or every show of the merchant. */
export const banScopes = ['show', 'merchant'] as const;
export const banScopeSchema = z.enum(banScopes);
export type BanScope = z.infer<typeof banScopeSchema>;

/** Why a viewer reports a message or a person. */
export const reportReasons = ['spam', 'insult', 'hate', 'fraud', 'other'] as const;
export const reportReasonSchema = z.enum(reportReasons);
export type ReportReason = z.infer<typeof reportReasonSchema>;

export const reportOutcomes = ['dismissed', 'acted'] as const;
export const reportOutcomeSchema = z.enum(reportOutcomes);
