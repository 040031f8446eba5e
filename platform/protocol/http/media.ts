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
