import { type CheckedStreamKey, streamKeyCheck } from '@souk/protocol/http/internal';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { signServiceToken } from '@souk/runtime/tokens';
import { z } from 'zod';

export interface StreamKeys {
  /** Whose key that is. Throws AppError UNAUTHENTICATED when it is nobody's, UNAVAILABLE when commerce does not answer. */
  check(secret: string): Promise<CheckedStreamKey>;
}

const TIMEOUT_MS = 5_000;
const RETRY_AFTER_MS = 2_000;
const answerSchema = z.object({ data: streamKeyCheck.response });

/** Asks commerce about stream keys, as one service asks another. Without an address for it every check is UNAVAILABLE. */
export function createStreamKeys(options: {
  readonly commerceUrl: string | undefined;
  readonly serviceSecret: string | undefined;
  readonly clock: Clock;
}): StreamKeys {
  const { commerceUrl, serviceSecret, clock } = options;
  const ask = async (secret: string): Promise<Response> => {
    if (commerceUrl === undefined || serviceSecret === undefined)
      throw new AppError('UNAVAILABLE', {
        detail: 'WHIP needs COMMERCE_INTERNAL_URL and SOUK_SERVICE_SECRET',
      });
    const token = await signServiceToken({ secret: serviceSecret, service: 'media-server', clock });
    return fetch(new URL(streamKeyCheck.path, commerceUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ secret }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  };
  const read = async (response: Response): Promise<CheckedStreamKey> => {
    if (response.ok) return answerSchema.parse(await response.json()).data;
    throw new Error(`the check was answered with ${response.status}`);
  };
  return {
    async check(secret) {
      if (!streamKeyCheck.body.safeParse({ secret }).success) throw new AppError('UNAUTHENTICATED');
      try {
        const response = await ask(secret);
        if (response.status === 401) throw new AppError('UNAUTHENTICATED');
        return await read(response);
      } catch (cause) {
        if (cause instanceof AppError) throw cause;
        throw new AppError('UNAVAILABLE', {
          cause,
          retryAfterMs: RETRY_AFTER_MS,
          detail: 'stream key check',
        });
      }
    },
  };
}
