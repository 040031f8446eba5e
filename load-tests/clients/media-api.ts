import { type Answer, answerSchema } from '@souk/protocol/commands/answer';
import {
  capabilitiesResponseSchema,
  type JoinMediaResponse,
  joinMediaResponseSchema,
  produceResponseSchema,
} from '@souk/protocol/http/media';
import type { MediaSessionId } from '@souk/protocol/ids';
import { z } from 'zod';
import { ApiError } from './api-error.ts';

/** RTP parameters as mediasoup writes them; it checks them itself. */
export type Opaque = Record<string, unknown>;
export type MediaKind = 'audio' | 'video';

export interface MediaApi {
  capabilities(): Promise<Opaque>;
  watch(rtpCapabilities: Opaque): Promise<JoinMediaResponse>;
  publish(): Promise<JoinMediaResponse>;
  connect(sessionId: MediaSessionId, dtlsParameters: Opaque): Promise<void>;
  produce(sessionId: MediaSessionId, kind: MediaKind, rtpParameters: Opaque): Promise<void>;
  readStats(sessionId: MediaSessionId): Promise<void>;
  leave(sessionId: MediaSessionId): Promise<void>;
}

const nothing = z.unknown();

/** A client of media-server's API. `baseUrl` is media-server itself, or the edge; `token` a media ticket. */
export function createMediaApi(baseUrl: string, token: string): MediaApi {
  const send = async <Schema extends z.ZodType>(
    method: string,
    path: string,
    schema: Schema,
    body?: unknown,
  ): Promise<z.output<Schema>> => {
    const response = await fetch(new URL(`/media/${path}`, baseUrl), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = answerSchema(schema).parse(await response.json()) as Answer<z.output<Schema>>;
    if (!answer.ok) throw new ApiError(`media ${method} ${path}`, answer.error);
    return answer.data;
  };

  return {
    capabilities: async () =>
      (await send('GET', 'capabilities', capabilitiesResponseSchema)).routerRtpCapabilities,
    watch: (rtpCapabilities) =>
      send('POST', 'sessions', joinMediaResponseSchema, { intent: 'watch', rtpCapabilities }),
    publish: () => send('POST', 'sessions', joinMediaResponseSchema, { intent: 'publish' }),
    async connect(sessionId, dtlsParameters) {
      await send('POST', `sessions/${sessionId}/connect`, nothing, { dtlsParameters });
    },
    async produce(sessionId, kind, rtpParameters) {
      await send('POST', `sessions/${sessionId}/produce`, produceResponseSchema, { kind, rtpParameters });
    },
    async readStats(sessionId) {
      await send('GET', `sessions/${sessionId}/stats`, nothing);
    },
    async leave(sessionId) {
      await send('DELETE', `sessions/${sessionId}`, nothing);
    },
  };
}
