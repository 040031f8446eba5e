import { z } from 'zod';
import {
  anyone,
  type CommandRate,
  type HttpCommandSpec,
  readRate,
  showCrew,
  slowRate,
  writeRate,
} from '../commands/command-spec.ts';
import { showIdSchema, streamKeyIdSchema } from '../ids.ts';
import { instantSchema } from '../instant.ts';
import { limits } from '../limits.ts';
import { recordingStatusSchema } from '../states.ts';
import { audienceSchema, entryIdSchema } from '../timeline/entries.ts';
import { mediaTicketSchema } from './media.ts';

const nothing = z.strictObject({});
const showParams = z.strictObject({ showId: showIdSchema });
/** A key with which an encoder (OBS) publishes this show by WHIP; the server keeps its hash only. */
export const streamKeySchema = z.strictObject({
  id: streamKeyIdSchema,
  /** The key's last four characters, to tell keys apart. */
  hint: z.string().length(4),
  createdAt: instantSchema,
  /** Null while no encoder has used it. */
  lastUsedAt: instantSchema.nullable(),
});
export type StreamKey = z.infer<typeof streamKeySchema>;

export const recordingSchema = z.strictObject({
  status: recordingStatusSchema,
  startedAt: instantSchema,
  durationMs: z.int().min(0),
  sizeBytes: z.int().min(0),
  /** When the retention removes it; null: never. */
  removeAt: instantSchema.nullable(),
});
export type Recording = z.infer<typeof recordingSchema>;

/** Where a replay is watched: the ticket is handed to the media server, which then serves the files. */
export const replaySchema = z.strictObject({
  ticket: mediaTicketSchema,
  /** Server wall-clock milliseconds of the first picture: entries stand at `at - startedAt` in the replay. */
  startedAt: instantSchema,
  durationMs: z.int().min(0),
});
export type Replay = z.infer<typeof replaySchema>;

/**
 * Whether a show can be watched again. `none`: it is not over, or was not recorded. `preparing`: its last files are being
 * written. `removed`: the host or the retention has taken it away.
 */
export const replayStatusSchema = z.enum(['none', 'preparing', 'ready', 'removed']);
export type ReplayStatus = z.infer<typeof replayStatusSchema>;

/** An entry of the timeline as it was written; `parseEntry` tells whether this version knows its type. */
export const timelineEntrySchema = z.strictObject({
  id: entryIdSchema,
  at: instantSchema,
  type: z.string().max(64),
  audience: audienceSchema,
  data: z.record(z.string(), z.unknown()),
});

/** A replay reads page after page: at once as many as a long show has. */
const wholeTimelineRate: CommandRate = { burst: 200, perSecond: 20 };

/** What a show sends and keeps: stream keys, the recording, and the timeline for plain readers. */
export const broadcastCommands = {
  'stream-key:get': {
    via: 'http',
    summary: 'The stream key of a show, without its secret.',
    method: 'GET',
    path: '/api/shows/:showId/stream-key',
    roles: showCrew,
    scope: 'show',
    rate: readRate,
    params: showParams,
    response: z.strictObject({
      /** What an encoder is told as server. */
      server: z.string(),
      key: streamKeySchema.nullable(),
    }),
  },
  'stream-key:rotate': {
    via: 'http',
    summary: 'Make a new stream key. The former one ends, and cuts off whoever publishes with it.',
    method: 'POST',
    path: '/api/shows/:showId/stream-key',
    roles: showCrew,
    scope: 'show',
    rate: slowRate,
    params: showParams,
    response: z.strictObject({
      server: z.string(),
      key: streamKeySchema,
      /** Told this once. */
      secret: z.string(),
    }),
  },
  'stream-key:revoke': {
    via: 'http',
    summary: 'End the stream key of a show, and cut off whoever publishes with it.',
    method: 'DELETE',
    path: '/api/shows/:showId/stream-key',
    roles: showCrew,
    scope: 'show',
    rate: writeRate,
    params: showParams,
    response: nothing,
  },
  'recording:get': {
    via: 'http',
    summary: 'Whether a show is recorded, and what there is of its recording.',
    method: 'GET',
    path: '/api/shows/:showId/recording',
    roles: showCrew,
    scope: 'show',
    rate: readRate,
    params: showParams,
    response: z.strictObject({ isRecorded: z.boolean(), recording: recordingSchema.nullable() }),
  },
  'recording:set': {
    via: 'http',
    summary: 'Say whether a show is recorded, before it or while it is on.',
    method: 'PUT',
    path: '/api/shows/:showId/recording',
    roles: showCrew,
    scope: 'show',
    rate: writeRate,
    params: showParams,
    body: z.strictObject({ isRecorded: z.boolean() }),
    response: z.strictObject({ isRecorded: z.boolean(), recording: recordingSchema.nullable() }),
  },
  'recording:remove': {
    via: 'http',
    summary: 'Remove the recording of an ended show for good.',
    method: 'DELETE',
    path: '/api/shows/:showId/recording',
    roles: showCrew,
    scope: 'show',
    rate: writeRate,
    params: showParams,
    response: nothing,
  },
  'timeline:read': {
    via: 'http',
    summary:
      'What happened in a show, oldest first, as far as the caller may know it. As a stream: see Server-sent events.',
    method: 'GET',
    path: '/api/shows/:showId/timeline',
    roles: anyone,
    scope: 'platform',
    rate: wholeTimelineRate,
    hasEtag: true,
    hasEventStream: true,
    params: showParams,
    query: z.strictObject({
      /** The last id that the caller has; without it from the beginning. */
      after: entryIdSchema.optional(),
      /** The epoch that `after` is of. Another one: the answer begins anew. */
      epoch: z.string().max(64).optional(),
    }),
    response: z.strictObject({
      epoch: z.string(),
      entries: z.array(timelineEntrySchema).max(limits.timelinePage),
      /** True when there is more after the last of these. */
      hasMore: z.boolean(),
    }),
  },
} as const satisfies Record<string, HttpCommandSpec>;
