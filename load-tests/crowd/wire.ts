import { FRAME_EVENT, REMOVED_EVENT, RESYNC_EVENT } from '@souk/protocol/commands/frames';
import { BEGINNING } from '@souk/protocol/timeline/entries';
import { z } from 'zod';

/** What a server speaks: the hub, a plain socket.io server, or WebSocket messages with nothing around them. */
export const dialectSchema = z.enum(['hub', 'socket.io', 'raw']);
export type Dialect = z.infer<typeof dialectSchema>;

/** Event name of what the peers send: one message per frame. */
export const MESSAGE_EVENT = 'message';

const wireEntrySchema = z.looseObject({ id: z.string(), at: z.number() });
const frameSchema = z.looseObject({
  entries: z.array(wireEntrySchema),
  upTo: z.string(),
  epoch: z.string(),
});
const stateSchema = z.looseObject({ lastId: z.string() });
export const wireAnswerSchema = z.union([
  z.looseObject({
    ok: z.literal(true),
    data: z.discriminatedUnion('kind', [
      z.looseObject({ kind: z.literal('snapshot'), state: stateSchema, epoch: z.string() }),
      z.looseObject({
        kind: z.literal('missed'),
        entries: z.array(wireEntrySchema),
        upTo: z.string(),
        epoch: z.string(),
      }),
    ]),
  }),
  z.looseObject({
    ok: z.literal(false),
    error: z.looseObject({ code: z.string(), retryAfterMs: z.number().optional() }),
  }),
]);
export type WireAnswer = z.infer<typeof wireAnswerSchema>;

export const wireResyncSchema = z.looseObject({ state: stateSchema, epoch: z.string(), reason: z.string() });
export const wireRefusalSchema = z.looseObject({
  message: z.string(),
  data: z.looseObject({ retryAfterMs: z.number().optional() }).nullish(),
});

/** The beginning of a packet that carries a frame. */
export const framePrefix: Readonly<Record<Dialect, string>> = {
  hub: `42["${FRAME_EVENT}",`,
  'socket.io': `42["${MESSAGE_EVENT}",`,
  raw: '{',
};
export const RESYNC_PREFIX = `42["${RESYNC_EVENT}",`;
export const REMOVED_PREFIX = `42["${REMOVED_EVENT}",`;

/** The argument of an event's packet, whose beginning is `prefix`. */
export function argumentOf(text: string, prefix: string): unknown {
  return JSON.parse(text.slice(prefix.length, -1));
}

/** What a frame says. Throws ZodError or SyntaxError when it is none. */
export function parseFrame(dialect: Dialect, text: string) {
  if (dialect === 'hub') return frameSchema.parse(argumentOf(text, framePrefix.hub));
  const entry = wireEntrySchema.parse(
    dialect === 'raw' ? JSON.parse(text) : argumentOf(text, framePrefix['socket.io']),
  );
  return { entries: [entry], upTo: BEGINNING, epoch: '' };
}
