import {
  capabilitiesResponseSchema,
  hlsResponseSchema,
  iceResponseSchema,
  type JoinMediaResponse,
  type joinMediaBodySchema,
  joinMediaResponseSchema,
  mediaStatsResponseSchema,
  produceResponseSchema,
  type ShowFigures,
  showFiguresSchema,
} from '@souk/protocol/http/media';
import { z } from 'zod';
import { fetchJson } from '../api/api-client.ts';
import { ApiError } from '../api/api-error.ts';
import type { TicketKeeper } from './media-ticket.ts';

type JsonObject = Record<string, unknown>;

/** Client of the media API. Each call rejects with ApiError; UNAVAILABLE when nobody answers. */
export interface MediaApi {
  /** What the server's router can carry; the same for every show. */
  capabilities(signal: AbortSignal): Promise<JsonObject>;
  join(body: z.input<typeof joinMediaBodySchema>, signal: AbortSignal): Promise<JoinMediaResponse>;
  connect(sessionId: string, dtlsParameters: object): Promise<void>;
  /** Returns the id that the server gave to what is sent from now on. */
  produce(sessionId: string, kind: 'audio' | 'video', rtpParameters: object): Promise<string>;
  /** What the server measures of what is sent to it. */
  stats(sessionId: string): Promise<MediaStats>;
  /** Tells how far the server's clock is from this page's, milliseconds. */
  correctClock(sessionId: string, clockOffsetMs: number): Promise<void>;
  /** Rejects with MEDIA_SESSION_NOT_FOUND when the server does not know the session any more. */
  check(sessionId: string): Promise<void>;
  /** Returns the ICE parameters of the server's side, for a new path of the same connection. */
  restartIce(sessionId: string): Promise<JsonObject>;
  /** Stops or resumes the sending of a watched track. */
  switchConsumer(sessionId: string, consumerId: string, action: 'pause' | 'resume'): Promise<void>;
  /** Bounds what is sent of a simulcast track: 0 is the least, 2 everything. */
  limitLayers(sessionId: string, consumerId: string, maxSpatialLayer: number): Promise<void>;
  /** Asks for the show, or its replay, by HLS; the answer sets the cookie for its files. */
  hls(of: 'live' | 'replay'): Promise<HlsOffer>;
  /** How the show looks from the media server; for who may publish in it. */
  figures(showId: string): Promise<ShowFigures>;
  /** Ends a session; also while the page is being left, so it never waits and never fails. */
  leave(sessionId: string): void;
}

export type MediaStats = z.output<typeof mediaStatsResponseSchema>;
export type HlsOffer = z.output<typeof hlsResponseSchema>;

interface MediaRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: object;
  signal?: AbortSignal;
  keepalive?: boolean;
}

/** A handshake that takes longer than this is made anew. */
const REQUEST_TIMEOUT_MS = 10_000;

/** A ticket that has run out is renewed, once per call. */
export function createMediaApi(
  tickets: TicketKeeper,
  fetchFn: typeof fetch = (...args) => fetch(...args),
): MediaApi {
  const call = async <Data extends z.ZodType>(request: MediaRequest, data: Data): Promise<z.output<Data>> => {
    try {
      return data.parse(await send(fetchFn, tickets, request));
    } catch (error) {
      if (!isStaleTicket(error)) throw error;
      await tickets.renew();
      return data.parse(await send(fetchFn, tickets, request));
    }
  };
  return {
    capabilities: async (signal) => {
      const answer = await call({ method: 'GET', path: '/capabilities', signal }, capabilitiesResponseSchema);
      return answer.routerRtpCapabilities;
    },
    join: (body, signal) =>
      call({ method: 'POST', path: '/sessions', body, signal }, joinMediaResponseSchema),
    connect: async (sessionId, dtlsParameters) => {
      const path = `/sessions/${sessionId}/connect`;
      await call({ method: 'POST', path, body: { dtlsParameters } }, z.unknown());
    },
    produce: async (sessionId, kind, rtpParameters) => {
      const body = { kind, rtpParameters };
      const path = `/sessions/${sessionId}/produce`;
      const answer = await call({ method: 'POST', path, body }, produceResponseSchema);
      return answer.producerId;
    },
    stats: (sessionId) =>
      call({ method: 'GET', path: `/sessions/${sessionId}/stats` }, mediaStatsResponseSchema),
    correctClock: async (sessionId, clockOffsetMs) => {
      const path = `/sessions/${sessionId}/clock`;
      await call({ method: 'PUT', path, body: { clockOffsetMs } }, z.unknown());
    },
    check: async (sessionId) => {
      await call({ method: 'GET', path: `/sessions/${sessionId}` }, z.unknown());
    },
    restartIce: async (sessionId) => {
      const path = `/sessions/${sessionId}/restart-ice`;
      return (await call({ method: 'POST', path }, iceResponseSchema)).iceParameters;
    },
    switchConsumer: async (sessionId, consumerId, action) => {
      const path = `/sessions/${sessionId}/consumers/${consumerId}/${action}`;
      await call({ method: 'POST', path }, z.unknown());
    },
    limitLayers: async (sessionId, consumerId, maxSpatialLayer) => {
      const path = `/sessions/${sessionId}/consumers/${consumerId}/layers`;
      await call({ method: 'PUT', path, body: { maxSpatialLayer } }, z.unknown());
    },
    hls: (of) => call({ method: 'POST', path: '/hls', body: { of } }, hlsResponseSchema),
    figures: (showId) => call({ method: 'GET', path: `/shows/${showId}/figures` }, showFiguresSchema),
    leave: (sessionId) => {
      const request: MediaRequest = { method: 'DELETE', path: `/sessions/${sessionId}`, keepalive: true };
      // A session that cannot be ended by us ends by itself when its connection stays silent.
      send(fetchFn, tickets, request).catch(() => undefined);
    },
  };
}

function send(
  fetchFn: typeof fetch,
  tickets: TicketKeeper,
  { method, path, body, signal, keepalive }: MediaRequest,
): Promise<unknown> {
  const { url, token } = tickets.current();
  const headers = { authorization: `Bearer ${token}` };
  return fetchJson(fetchFn, `${url}${path}`, {
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: signal ?? AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    ...(keepalive === undefined ? {} : { keepalive }),
  });
}

function isStaleTicket(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'TOKEN_EXPIRED' || error.code === 'UNAUTHENTICATED');
}
