import { answerSchema } from '@souk/protocol/commands/answer';
import { errorTable } from '@souk/protocol/error-codes';
import {
  capabilitiesResponseSchema,
  type JoinMediaResponse,
  joinMediaResponseSchema,
  produceResponseSchema,
} from '@souk/protocol/http/media';
import { z } from 'zod';
import { MediaError } from './media-error.ts';
import type { TicketKeeper } from './media-ticket.ts';

type JsonObject = Record<string, unknown>;

export interface MediaApi {
  /** What the server's router can carry; the same for every show. */
  capabilities(signal: AbortSignal): Promise<JsonObject>;
  join(
    body: { intent: 'watch'; rtpCapabilities: object } | { intent: 'publish' },
    signal: AbortSignal,
  ): Promise<JoinMediaResponse>;
  connect(sessionId: string, dtlsParameters: object): Promise<void>;
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

const unauthenticated = 401;

/**
 * Client of the media API. A ticket that has run out is renewed once per call.
 * Rejects with MediaError for each refusal, and with one of code UNAVAILABLE when nobody answers.
 */
export function createMediaApi(tickets: TicketKeeper, send: typeof fetch = fetch): MediaApi {
  const call = async <Data extends z.ZodType>(request: MediaRequest, data: Data): Promise<z.output<Data>> => {
    let response = await sendOnce(send, tickets, request);
    if (response.status === unauthenticated) {
      await tickets.renew();
      response = await sendOnce(send, tickets, request);
    }
    return readAnswer(response, data);
  };
  return {
    capabilities: async (signal) => {
      const answer = await call({ method: 'GET', path: '/capabilities', signal }, capabilitiesResponseSchema);
      return answer.routerRtpCapabilities;
    },
    join: (body, signal) =>
      call({ method: 'POST', path: '/sessions', body, signal }, joinMediaResponseSchema),
    connect: async (sessionId, dtlsParameters) => {
      await call(
        { method: 'POST', path: `/sessions/${sessionId}/connect`, body: { dtlsParameters } },
        z.unknown(),
      );
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
      sendOnce(send, tickets, request).catch(() => undefined);
    },
  };
}

async function sendOnce(
  send: typeof fetch,
  tickets: TicketKeeper,
  { method, path, body, signal, keepalive }: MediaRequest,
): Promise<Response> {
  const { url, token } = tickets.current();
  const headers = { authorization: `Bearer ${token}` };
  try {
    return await send(`${url}${path}`, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
      ...(keepalive === undefined ? {} : { keepalive }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw unavailable();
  }
}

async function readAnswer<Data extends z.ZodType>(response: Response, data: Data): Promise<z.output<Data>> {
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = answerSchema(data).safeParse(body);
  if (!parsed.success) throw unavailable();
  const answer = parsed.data as { ok: true; data: z.output<Data> } | { ok: false; error: MediaError };
  if (!answer.ok) throw new MediaError(answer.error);
  return answer.data;
}

function unavailable(): MediaError {
  const { message, retryable } = errorTable.UNAVAILABLE;
  return new MediaError({ code: 'UNAVAILABLE', message, retryable });
}
