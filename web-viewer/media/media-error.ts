import type { ErrorBody, ErrorCode } from '@souk/protocol/error-codes';

/** A refusal of the media API, with the code of the one error table. */
export class MediaError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number;

  constructor(body: ErrorBody) {
    super(body.message);
    this.name = 'MediaError';
    this.code = body.code;
    this.retryable = body.retryable;
    this.retryAfterMs = body.retryAfterMs ?? 0;
  }
}

/** True when joining again cannot help: the refusal stays until something else changes. */
export function isFinal(error: unknown): boolean {
  return error instanceof MediaError && !error.retryable;
}
