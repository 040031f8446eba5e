import type { ErrorBody, ErrorCode } from '@souk/protocol/error-codes';

/** A command that the server refused. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;

  constructor(command: string, error: ErrorBody) {
    const issues = error.issues?.map(({ path, message }) => `${path}: ${message}`).join('; ');
    super(`${command}: ${error.code} ${error.message}${issues === undefined ? '' : ` (${issues})`}`);
    this.name = 'ApiError';
    this.code = error.code;
    this.retryable = error.retryable;
  }
}
