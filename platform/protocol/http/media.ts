import { z } from 'zod';
import { mediaSessionIdSchema, streamIdSchema } from '../ids.ts';

/** Opaque to us: mediasoup checks it. Bounded by the body limit of the media API. */
const opaque = z.record(z.string(), z.unknown());

export const capabilitiesResponseSchema = z.strictObject({
  /** Router RTP capabilities, the same for every show of this server; cacheable. */
  routerRtpCapabilities: opaque,
});

export const joinMediaBodySchema = z.discriminatedUnion('intent', [
  z.strictObject({ intent: z.literal('watch'), rtpCapabilities: opaque }),
  z.strictObject({
    intent: z.literal('publish'),
    /**
     * The stream that this page published before, when it comes back by itself after a loss. If another page of the
     * same person publishes meanwhile, the answer is ALREADY_PUBLISHING; without this field the newer page takes over.
     */
    resumes: streamIdSchema.optional(),
  }),
]);

export const transportSchema = z.strictObject({
  id: z.string(),
  iceParameters: opaque,
  iceCandidates: z.array(opaque),
  dtlsParameters: opaque,
});

export const consumerSchema = z.strictObject({
  id: z.string(),
  producerId: z.string(),
  kind: z.enum(['audio', 'video']),
  rtpParameters: opaque,
});

export const joinMediaResponseSchema = z.strictObject({
  sessionId: mediaSessionIdSchema,
  transport: transportSchema,
  /** The stream that is watched, or that will be published under this id. With nothing on, the answer is STREAM_NOT_PUBLISHED. */
  streamId: streamIdSchema,
  /** Ready and paused until the transport connects; empty for publishers. */
  consumers: z.array(consumerSchema),
});
export type JoinMediaResponse = z.infer<typeof joinMediaResponseSchema>;

export const connectMediaBodySchema = z.strictObject({ dtlsParameters: opaque });

export const produceBodySchema = z.strictObject({
  kind: z.enum(['audio', 'video']),
  rtpParameters: opaque,
});
export const produceResponseSchema = z.strictObject({ producerId: z.string() });

const nothing = z.strictObject({});
export const mediaSessionParamsSchema = z.strictObject({ sessionId: mediaSessionIdSchema });
export const mediaConsumerParamsSchema = mediaSessionParamsSchema.extend({
  consumerId: z.uuid(),
  action: z.enum(['pause', 'resume']),
});

export const mediaStatsResponseSchema = z.strictObject({
  /** Figures of a publisher, in words of the field; bit rates in bits per second. */
  producers: z.array(
    z.strictObject({
      kind: z.enum(['audio', 'video']),
      bitrateBps: z.number(),
      packetsLost: z.number(),
      score: z.number(),
    }),
  ),
  watchers: z.int().min(0),
});

/** A command of the media API. Its token is the media ticket, and the ticket says what it allows. */
export interface MediaCommandSpec {
  readonly summary: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly access: 'public' | 'ticket';
  readonly params?: z.ZodType;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
}

/** The table of the media API, which the media server answers and the API's description lists. */
export const mediaCommands = {
  'media:capabilities': {
    summary: 'What the media server can receive and send.',
    method: 'GET',
    path: '/media/capabilities',
    access: 'public',
    response: capabilitiesResponseSchema,
  },
  'media:join': {
    summary: 'Open a connection to watch or to publish a show.',
    method: 'POST',
    path: '/media/sessions',
    access: 'ticket',
    body: joinMediaBodySchema,
    response: joinMediaResponseSchema,
  },
  'media:connect': {
    summary: 'Finish the negotiation of a connection; what is watched begins to flow.',
    method: 'POST',
    path: '/media/sessions/:sessionId/connect',
    access: 'ticket',
    params: mediaSessionParamsSchema,
    body: connectMediaBodySchema,
    response: nothing,
  },
  'media:produce': {
    summary: 'Publish a track.',
    method: 'POST',
    path: '/media/sessions/:sessionId/produce',
    access: 'ticket',
    params: mediaSessionParamsSchema,
    body: produceBodySchema,
    response: produceResponseSchema,
  },
  'media:stats': {
    summary: 'How well the own stream arrives, and how many watch it.',
    method: 'GET',
    path: '/media/sessions/:sessionId/stats',
    access: 'ticket',
    params: mediaSessionParamsSchema,
    response: mediaStatsResponseSchema,
  },
  'media:switch': {
    summary: 'Pause or resume a track that is watched.',
    method: 'POST',
    path: '/media/sessions/:sessionId/consumers/:consumerId/:action',
    access: 'ticket',
    params: mediaConsumerParamsSchema,
    response: nothing,
  },
  'media:leave': {
    summary: 'Close a connection.',
    method: 'DELETE',
    path: '/media/sessions/:sessionId',
    access: 'ticket',
    params: mediaSessionParamsSchema,
    response: nothing,
  },
} as const satisfies Record<string, MediaCommandSpec>;
