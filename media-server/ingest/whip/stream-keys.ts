import { type ErrorCode, errorAnswerSchema } from '@souk/protocol/error-codes';
import { type CheckedStreamKey, streamKeyCheck } from '@souk/protocol/http/internal';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { signServiceToken } from '@souk/runtime/tokens';
import { z } from 'zod';

export interface StreamKeys {
  /**
   * Whose key that is; `address` is of who showed it. Throws AppError UNAUTHENTICATED when it is nobody's, SHOW_ENDED,
   * RATE_LIMITED for who guesses, UNAVAILABLE when commerce does not answer.
   */
  check(secret: string, address: string): Promise<CheckedStreamKey>;
}

const TIMEOUT_MS = 5_000;
const RETRY_AFTER_MS = 2_000;
/** What an encoder is told in commerce's words; all else is a fault between the services. */
const toldOn: ReadonlySet<ErrorCode> = new Set(['SHOW_ENDED', 'RATE_LIMITED']);
const answerSchema = z.object({ data: streamKeyCheck.response });

/** Asks commerce about stream keys, as one service asks another. Without an address for it every check is UNAVAILABLE. */
export function createStreamKeys(options: {
  readonly commerceUrl: string | undefined;
  readonly serviceSecret: string | undefined;
  readonly clock: Clock;
}): StreamKeys {
  const { commerceUrl, serviceSecret, clock } = options;
  const ask = async (secret: string, address: string): Promise<Response> => {
    if (commerceUrl === undefined || serviceSecret === undefined)
      throw new AppError('UNAVAILABLE', {
        detail: 'WHIP needs COMMERCE_INTERNAL_URL and SOUK_SERVICE_SECRET',
      });
    const token = await signServiceToken({ secret: serviceSecret, service: 'media-server', clock });
    return fetch(new URL(streamKeyCheck.path, commerceUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ secret, address }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  };
  const read = async (response: Response): Promise<CheckedStreamKey> => {
    if (response.ok) return answerSchema.parse(await response.json()).data;
    const refused = errorAnswerSchema.safeParse(await response.json()).data?.error;
    if (refused !== undefined && toldOn.has(refused.code)) {
      const { code, retryAfterMs } = refused;
      throw new AppError(code, retryAfterMs === undefined ? {} : { retryAfterMs });
    }
    throw new Error(`the check was answered with ${response.status}`);
  };
  return {
    async check(secret, address) {
      if (!streamKeyCheck.body.safeParse({ secret }).success) throw new AppError('UNAUTHENTICATED');
      try {
        const response = await ask(secret, address);
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
