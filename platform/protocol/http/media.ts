import { z } from 'zod';
import { mediaSessionIdSchema, showIdSchema, streamIdSchema } from '../ids.ts';
import { instantSchema } from '../instant.ts';
import { streamSourceSchema } from '../timeline/entries.ts';

/** Opaque to us: mediasoup checks it. Bounded by the body limit of the media API. */
const opaque = z.record(z.string(), z.unknown());

/** Where and how this person joins the media of the show. */
export const mediaTicketSchema = z.strictObject({
  backend: z.enum(['mediasoup', 'livekit']),
  /** Base of the media API: a path on the own origin, or a LiveKit URL. */
  url: z.string(),
  token: z.string(),
  can: z.enum(['publish', 'watch']),
  expiresAt: instantSchema,
});
export type MediaTicket = z.infer<typeof mediaTicketSchema>;

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
    /** Server clock minus the own clock as the page measured it, milliseconds: whoever watches then knows capture times. */
    clockOffsetMs: z.int().optional(),
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

/** The most that a watcher is sent of a simulcast track; `2` is everything, `0` saves data. */
export const layersBodySchema = z.strictObject({ maxSpatialLayer: z.int().min(0).max(2) });

/** Server clock minus the own clock, milliseconds. */
export const clockBodySchema = z.strictObject({ clockOffsetMs: z.int() });

export const iceResponseSchema = z.strictObject({ iceParameters: opaque });

export const hlsResponseSchema = z.strictObject({
  /** The playlist to begin with. The answer sets a cookie that lets its files be read for as long as the ticket is good. */
  playlistUrl: z.string(),
  /** `starting`: packaging has just been asked for; the playlist answers 404 for a moment. */
  state: z.enum(['starting', 'ready']),
});

const nothing = z.strictObject({});
export const mediaSessionParamsSchema = z.strictObject({ sessionId: mediaSessionIdSchema });
export const mediaConsumerParamsSchema = mediaSessionParamsSchema.extend({
  consumerId: z.uuid(),
  action: z.enum(['pause', 'resume']),
});

/** Figures of a track that arrives; all layers of a simulcast track together. */
export const trackFiguresSchema = z.strictObject({
  kind: z.enum(['audio', 'video']),
  /** For example `video/H264`. */
  mimeType: z.string(),
  bitrateBps: z.number(),
  /** Since the track began. */
  packetsLost: z.number(),
  /** Part of the packets that were lost lately, 0 to 1. */
  lossRatio: z.number(),
  jitterMs: z.number(),
  /** Null until it was measured. */
  roundTripMs: z.number().nullable(),
  /** 0 (nothing arrives) to 10 (all arrives). */
  score: z.number(),
});
export type TrackFigures = z.infer<typeof trackFiguresSchema>;

export const mediaStatsResponseSchema = z.strictObject({
  producers: z.array(trackFiguresSchema),
  watchers: z.int().min(0),
});

/** What a show looks like from the media server, for the studio. */
export const showFiguresSchema = z.strictObject({
  /** Null while nothing is published. */
  stream: z
    .strictObject({
      streamId: streamIdSchema,
      source: streamSourceSchema,
      since: z.int().min(0),
      tracks: z.array(trackFiguresSchema),
    })
    .nullable(),
  watchers: z.strictObject({ webrtc: z.int().min(0), hls: z.int().min(0) }),
  /** Bits per second that go out to WebRTC watchers. */
  outgoingBps: z.number(),
  /** Packaging for HLS and the recording runs. */
  isPackaged: z.boolean(),
});
export type ShowFigures = z.infer<typeof showFiguresSchema>;

/** A command of the media API. Its token is the media ticket, and the ticket says what it allows. */
export interface MediaCommandSpec {
  readonly summary: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
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
  'media:clock': {
    summary:
      'Correct what the server knows of the clock of the own stream: clocks drift, and first measurements are rough.',
    method: 'PUT',
    path: '/media/sessions/:sessionId/clock',
    access: 'ticket',
    params: mediaSessionParamsSchema,
    body: clockBodySchema,
    response: nothing,
  },
  'media:switch': {
    summary: 'Pause or resume a track that is watched.',
    method: 'POST',
    path: '/media/sessions/:sessionId/consumers/:consumerId/:action',
    access: 'ticket',
    params: mediaConsumerParamsSchema,
    response: nothing,
  },
  'media:layers': {
    summary: 'Say how much of a simulcast track is wanted.',
    method: 'PUT',
    path: '/media/sessions/:sessionId/consumers/:consumerId/layers',
    access: 'ticket',
    params: mediaSessionParamsSchema.extend({ consumerId: z.uuid() }),
    body: layersBodySchema,
    response: nothing,
  },
  'media:session': {
    summary: 'Ask whether a connection still stands.',
    method: 'GET',
    path: '/media/sessions/:sessionId',
    access: 'ticket',
    params: mediaSessionParamsSchema,
    response: z.strictObject({ streamId: streamIdSchema }),
  },
  'media:restart-ice': {
    summary: 'Find a new path for a connection, after a change of the network.',
    method: 'POST',
    path: '/media/sessions/:sessionId/restart-ice',
    access: 'ticket',
    params: mediaSessionParamsSchema,
    response: iceResponseSchema,
  },
  'media:hls': {
    summary: 'Watch the show, or its replay, by HLS.',
    method: 'POST',
    path: '/media/hls',
    access: 'ticket',
    body: z.strictObject({ of: z.enum(['live', 'replay']) }),
    response: hlsResponseSchema,
  },
  'media:figures': {
    summary: 'How a show looks from the media server; for who may publish in it.',
    method: 'GET',
    path: '/media/shows/:showId/figures',
    access: 'ticket',
    params: z.strictObject({ showId: showIdSchema }),
    response: showFiguresSchema,
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
