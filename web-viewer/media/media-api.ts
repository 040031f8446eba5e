import {
  capabilitiesResponseSchema,
  type JoinMediaResponse,
  type joinMediaBodySchema,
  joinMediaResponseSchema,
  produceResponseSchema,
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
  /** Ends a session; also while the page is being left, so it never waits and never fails. */
  leave(sessionId: string): void;
}

interface MediaRequest {
  method: 'GET' | 'POST' | 'DELETE';
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
