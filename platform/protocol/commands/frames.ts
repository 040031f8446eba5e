import { z } from 'zod';
import { showIdSchema } from '../ids.ts';
import { type Entry, entryIdSchema } from '../timeline/entries.ts';
import { levelsSchema } from '../timeline/levels.ts';
import type { ShowState } from '../timeline/state.ts';

/** Event name of the frames that the hub sends. */
export const FRAME_EVENT = 'frame';
/** Event name of the notice that the hub is about to close the connection, and why. */
export const CUT_EVENT = 'cut';

/** Why the hub closes a connection; a client that fell too far behind is closed without a notice, for none would reach it. */
export const cutReasons = ['token-expired', 'too-many-messages', 'server-stopping'] as const;
export const cutSchema = z.strictObject({ reason: z.enum(cutReasons) });
export type Cut = z.infer<typeof cutSchema>;

/** Trusted: it comes from the own server, and an older page must let newer types of entries pass. */
const entrySchema = z
  .custom<Entry>((value) => typeof value === 'object' && value !== null)
  .meta({ title: 'Entry' });

export const frameSchema = z.strictObject({
  showId: showIdSchema,
  epoch: z.string().max(64),
  /** The entries of this tick that this client may hear, oldest first. */
  entries: z.array(entrySchema),
  /** Every entry up to this id has been sent: the `after` of a later join. */
  upTo: entryIdSchema,
  levels: levelsSchema.optional(),
  /** Server wall clock when the frame was made, milliseconds. */
  serverTime: z.int(),
});
/** What the hub sends, at most once per show and tick. */
export type Frame = z.infer<typeof frameSchema>;

const stateSchema = z
  .custom<ShowState>((value) => typeof value === 'object' && value !== null && 'lastId' in value)
  .meta({ title: 'ShowState' });
const common = { epoch: z.string().max(64), levels: levelsSchema, serverTime: z.int(), isStaff: z.boolean() };

/** The answer to `show:join`: the whole state, or what was missed since. */
export const joinAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('snapshot'), state: stateSchema, ...common }),
  z.strictObject({
    kind: z.literal('missed'),
    entries: frameSchema.shape.entries,
    upTo: entryIdSchema,
    ...common,
  }),
]);
export type JoinAnswer = z.infer<typeof joinAnswerSchema>;
