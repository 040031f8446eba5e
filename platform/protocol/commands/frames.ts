import { z } from 'zod';
import { showIdSchema } from '../ids.ts';
import { type Entry, entryIdSchema } from '../timeline/entries.ts';
import { levelsSchema } from '../timeline/levels.ts';
import type { ShowState } from '../timeline/state.ts';

/** Event name of the frames that the hub sends. */
export const FRAME_EVENT = 'frame';
/** Event name of the notice that the hub is about to close the connection, and why. */
export const CUT_EVENT = 'cut';

/** Event name of a whole state in the place of frames that this client could not be sent. */
export const RESYNC_EVENT = 'resync';
/** Event name of the notice that the hub has taken the client out of one show. The connection stays. */
export const REMOVED_EVENT = 'removed';

/**
 * Why the hub closes a connection; `too-slow`: it did not take what was sent for so long that not even a notice may
 * have reached it.
 */
export const cutReasons = [
  'token-expired',
  'too-many-messages',
  'too-many-connections',
  'too-slow',
  'server-stopping',
] as const;
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

/** Why a client gets a whole state unasked. */
export const resyncReasons = ['too-slow', 'new-epoch'] as const;
/** The state of a show in the place of everything that was not sent; frames go on after `state.lastId`. */
export const resyncSchema = z.strictObject({
  showId: showIdSchema,
  reason: z.enum(resyncReasons),
  state: stateSchema,
  ...common,
});
export type Resync = z.infer<typeof resyncSchema>;

/** Why a client follows a show no more, without having left it. */
export const removalReasons = ['banned', 'disconnected'] as const;
export const removedSchema = z.strictObject({ showId: showIdSchema, reason: z.enum(removalReasons) });
export type Removed = z.infer<typeof removedSchema>;
