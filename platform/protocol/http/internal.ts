import { z } from 'zod';
import { showIdSchema, streamIdSchema, streamKeyIdSchema, userIdSchema } from '../ids.ts';

/*
 * What services ask of each other under `/internal/*`, with a service token. The edge passes none of it on.
 */

const portSchema = z.int().min(1).max(65_535);

/** media-server → commerce, `POST /internal/stream-keys/check`: whose key is this? UNAUTHENTICATED when it is nobody's. */
export const streamKeyCheck = {
  path: '/internal/stream-keys/check',
  body: z.strictObject({
    secret: z.string().min(1).max(200),
    /** Address of who showed it: guesses are counted by it. */
    address: z.string().max(64).optional(),
  }),
  response: z.strictObject({ keyId: streamKeyIdSchema, showId: showIdSchema, hostId: userIdSchema }),
} as const;
export type CheckedStreamKey = z.infer<typeof streamKeyCheck.response>;

/** A track of a stream as a packager gets it: plain RTP with RTCP on the same port. */
export const tapSchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['audio', 'video']),
  mimeType: z.string(),
  payloadType: z.int().min(0).max(127),
  clockRate: z.int().min(1),
  channels: z.int().min(1).nullable(),
  /** Format parameters, as in `a=fmtp`. */
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
  ssrc: z.int().min(0),
  /** Id of the header extension abs-capture-time in these packets; null where the publisher sends none. */
  absCaptureTimeId: z.int().min(1).max(14).nullable(),
});
export type Tap = z.infer<typeof tapSchema>;

/**
 * workers → media-server, `POST /internal/streams/:streamId/taps`: copy a track to a port of this machine. It ends
 * after five seconds without `PUT /internal/taps/:tapId` (which keeps it), at `DELETE`, and with its stream.
 * STREAM_NOT_PUBLISHED when there is no such stream or track.
 */
export const tapOpen = {
  path: '/internal/streams/:streamId/taps',
  params: z.strictObject({ streamId: streamIdSchema }),
  body: z.strictObject({
    kind: z.enum(['audio', 'video']),
    ip: z.ipv4(),
    port: portSchema,
    /** Layer of a simulcast track, 0 is the smallest; left out: the best. */
    spatialLayer: z.int().min(0).max(2).optional(),
    /** Ask the publisher for a key frame that often, beginning at once. */
    keyFrameEveryMs: z.int().min(250).max(10_000).optional(),
  }),
  response: tapSchema,
} as const;

export const tapPath = '/internal/taps/:tapId';
export const tapParams = z.strictObject({ tapId: z.uuid() });

/** A stream that is on air, as media-server writes it on the board that packagers read (Redis). */
export const airedStreamSchema = z.strictObject({
  streamId: streamIdSchema,
  showId: showIdSchema,
  /** Base of the media-server that carries it. */
  mediaUrl: z.url(),
  startedAt: z.int().min(0),
  /** Server clock minus the clock of the capture times, milliseconds; null where the publisher has not told. */
  clockOffsetMs: z.int().nullable(),
  tracks: z.array(
    z.strictObject({
      kind: z.enum(['audio', 'video']),
      mimeType: z.string(),
      /** Simulcast layers; 1 where there is none. */
      spatialLayers: z.int().min(1).max(3),
    }),
  ),
});
export type AiredStream = z.infer<typeof airedStreamSchema>;
