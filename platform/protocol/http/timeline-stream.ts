import { z } from 'zod';
import type { ShowState } from '../timeline/state.ts';

/** What a request asks for in `Accept` to get server-sent events. */
export const EVENT_STREAM_TYPE = 'text/event-stream';
/** Header in which a client that comes back names the last event that it has. */
export const LAST_EVENT_ID_HEADER = 'last-event-id';

/** Why the whole state comes in the place of entries. */
export const streamResyncReasons = ['too-far-behind', 'new-epoch', 'rights-changed'] as const;
export type StreamResyncReason = (typeof streamResyncReasons)[number];

/** Data of the event `resync`. */
export const streamResyncSchema = z.strictObject({
  reason: z.enum(streamResyncReasons),
  epoch: z.string().max(64),
  /** As far as this client may see it; entries go on after `state.lastId`. */
  state: z
    .custom<ShowState>((value) => typeof value === 'object' && value !== null && 'lastId' in value)
    .meta({ title: 'ShowState' }),
  isStaff: z.boolean(),
  /** Server wall clock, milliseconds. */
  serverTime: z.int(),
});
export type StreamResync = z.infer<typeof streamResyncSchema>;

/**
 * Why the server ends a stream. After `show-ended`, `banned` and `disconnected` there is no use in coming back at once;
 * after `rights-changed` the client comes back without a place, after `token-expired` with a fresh token.
 */
export const streamEndReasons = [
  'show-ended',
  'token-expired',
  'too-slow',
  'rights-changed',
  'banned',
  'disconnected',
  'server-stopping',
  'unavailable',
] as const;
export type StreamEndReason = (typeof streamEndReasons)[number];
/** Data of the event `end`. */
export const streamEndSchema = z.strictObject({ reason: z.enum(streamEndReasons) });

/** The id of an event: where to go on from. */
export const formatPlace = (epoch: string, entryId: string): string => `${epoch}/${entryId}`;

const placePattern = /^(?:([\w.-]{1,64})\/)?(\d{1,15}-\d{1,10})$/;

/** Reads `epoch/id`, or an id alone. Undefined when it is neither. */
export function parsePlace(text: string): { epoch: string | undefined; after: string } | undefined {
  const [, epoch, after] = placePattern.exec(text) ?? [];
  return after === undefined ? undefined : { epoch, after };
}
