import { z } from 'zod';
import { chatKindSchema } from '../chat.ts';
import { commandIdSchema, messageIdSchema, showIdSchema } from '../ids.ts';
import { limits, reactionEmojis } from '../limits.ts';
import { entryIdSchema } from '../timeline/entries.ts';
import { anyone, type HubCommandSpec, readRate } from './command-spec.ts';
import { joinAnswerSchema } from './frames.ts';

const codePoints = (text: string): number => [...text].length;

/** Text of a chat message: no control characters, trimmed, 1 to 500 code points. */
export const chatTextSchema = z
  .string()
  .max(limits.chatTextCodePoints * 2)
  .transform((text) => text.replace(/\p{Cc}+/gu, ' ').trim())
  .refine((text) => text.length > 0, 'The message is empty.')
  .refine((text) => codePoints(text) <= limits.chatTextCodePoints, 'The message is too long.');

const nothing = z.strictObject({});

/** The table of live commands. The event's name is the key; the acknowledgement is `{ ok, data | error }`. */
export const hubCommands = {
  'show:join': {
    via: 'hub',
    summary: 'Follow a show: a snapshot, or what was missed since the last entry that the client names.',
    roles: anyone,
    scope: 'show',
    rate: readRate,
    payload: z.strictObject({
      showId: showIdSchema,
      /** What the client has already; left out at the first join. */
      after: z.strictObject({ epoch: z.string().max(64), id: entryIdSchema }).optional(),
    }),
    response: joinAnswerSchema,
  },
  'show:leave': {
    via: 'hub',
    summary: 'Stop following a show.',
    roles: anyone,
    scope: 'show',
    rate: readRate,
    payload: z.strictObject({ showId: showIdSchema }),
    response: nothing,
  },
  'chat:send': {
    via: 'hub',
    summary: 'Say something in the chat of a show that the client follows.',
    roles: anyone,
    scope: 'show',
    rate: { burst: 5, perSecond: 1 },
    payload: z.strictObject({
      showId: showIdSchema,
      commandId: commandIdSchema,
      text: chatTextSchema,
      /** The message that this one answers. */
      replyTo: messageIdSchema.optional(),
      /** `announcement` is for the show's staff. */
      kind: chatKindSchema.default('message'),
    }),
    response: z.strictObject({
      messageId: messageIdSchema,
      entryId: entryIdSchema,
      /** `held`: it waits for a moderator; `repeated`: it was counted at an earlier message of the same text. */
      outcome: z.enum(['sent', 'held', 'repeated']),
    }),
  },
  'reaction:send': {
    via: 'hub',
    summary: 'Send a reaction; reactions are counted, not kept.',
    roles: anyone,
    scope: 'show',
    rate: { burst: 20, perSecond: 5 },
    payload: z.strictObject({ showId: showIdSchema, emoji: z.enum(reactionEmojis) }),
    response: nothing,
  },
  'session:renew': {
    via: 'hub',
    summary: 'Hand in a fresh access token of the same person without reconnecting.',
    roles: anyone,
    scope: 'platform',
    rate: { burst: 5, perSecond: 0.2 },
    payload: z.strictObject({ token: z.string().max(8_192) }),
    response: z.strictObject({ expiresAt: z.int() }),
  },
  'clock:sync': {
    via: 'hub',
    summary: 'Ask for the server time, in milliseconds, to measure the own offset.',
    roles: anyone,
    scope: 'platform',
    rate: { burst: 10, perSecond: 1 },
    payload: nothing,
    response: z.strictObject({ serverTime: z.int() }),
  },
} as const satisfies Record<string, HubCommandSpec>;

export type HubCommandName = keyof typeof hubCommands;
export type HubPayload<Name extends HubCommandName> = z.input<(typeof hubCommands)[Name]['payload']>;
export type HubParsedPayload<Name extends HubCommandName> = z.output<(typeof hubCommands)[Name]['payload']>;
export type HubResponse<Name extends HubCommandName> = z.output<(typeof hubCommands)[Name]['response']>;
