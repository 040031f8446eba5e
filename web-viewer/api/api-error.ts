import type { ErrorBody, ErrorCode } from '@souk/protocol/error-codes';

/** A refusal by the server, or a request that never got an answer (`UNAVAILABLE`). */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly issues: ErrorBody['issues'];

  constructor(body: ErrorBody, options?: ErrorOptions) {
    super(body.message, options);
    this.name = 'ApiError';
    this.code = body.code;
    this.retryable = body.retryable;
    this.retryAfterMs = body.retryAfterMs;
    this.issues = body.issues;
  }
}

/** The code of whatever was caught; `INTERNAL` for anything that is not an answer of the server. */
export function errorCodeOf(error: unknown): ErrorCode {
  return error instanceof ApiError ? error.code : 'INTERNAL';
}

/** For what may be refused or get no answer without harm. Any other failure is a fault of the page, and goes on. */
export function ignoreRefusal(error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
}

/** No answer came: the network is down, or the server is being restarted. */
export function unavailable(cause?: unknown): ApiError {
  return new ApiError({ code: 'UNAVAILABLE', message: 'No answer.', retryable: true }, { cause });
}
