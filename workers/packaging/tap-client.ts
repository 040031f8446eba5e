import { type Tap, type tapOpen, tapSchema } from '@souk/protocol/http/internal';
import type { StreamId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import { signServiceToken } from '@souk/runtime/tokens';
import { z } from 'zod';

export type TapRequest = z.input<(typeof tapOpen)['body']>;

/** Asks a media server for copies of tracks. Rejects when it does not give or know one. */
export interface TapClient {
  open(mediaUrl: string, streamId: StreamId, request: TapRequest): Promise<Tap>;
  /** Must be called at least each five seconds. */
  keep(mediaUrl: string, tapId: string): Promise<void>;
  close(mediaUrl: string, tapId: string): Promise<void>;
}

const TIMEOUT_MS = 3_000;

/** Speaks to media servers as one service does to another. */
export function createTapClient({ secret, clock }: { secret: string; clock: Clock }): TapClient {
  const ask = async (method: string, address: URL, body?: TapRequest): Promise<unknown> => {
    const token = await signServiceToken({ secret, service: 'workers', clock });
    const response = await fetch(address, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} of a tap was answered with ${response.status}`);
    return answer;
  };
  const tapUrl = (mediaUrl: string, tapId: string): URL => new URL(`/internal/taps/${tapId}`, mediaUrl);
  return {
    async open(mediaUrl, streamId, request) {
      const answer = await ask('POST', new URL(`/internal/streams/${streamId}/taps`, mediaUrl), request);
      return z.object({ data: tapSchema }).parse(answer).data;
    },
    keep: async (mediaUrl, tapId) => {
      await ask('PUT', tapUrl(mediaUrl, tapId));
    },
    close: async (mediaUrl, tapId) => {
      await ask('DELETE', tapUrl(mediaUrl, tapId));
    },
  };
}
