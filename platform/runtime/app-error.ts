import { type ErrorBody, type ErrorCode, errorTable } from '@souk/protocol/error-codes';
import { ZodError } from 'zod';

export interface FieldIssue {
  readonly path: string;
  readonly message: string;
}

export interface AppErrorOptions {
  readonly cause?: unknown;
  /** Which fields are wrong; sent to the caller. */
  readonly issues?: readonly FieldIssue[];
  /** When to try again, milliseconds; sent to the caller. */
  readonly retryAfterMs?: number;
  /** For the log only. */
  readonly detail?: string;
}

/** The one error of the house: a code of the error table, and what belongs to it. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly issues: readonly FieldIssue[] | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    const { message } = errorTable[code];
    super(options.detail === undefined ? message : `${message} (${options.detail})`, {
      cause: options.cause,
    });
    this.name = 'AppError';
    this.code = code;
    this.issues = options.issues;
    this.retryAfterMs = options.retryAfterMs;
  }

  /** HTTP status of this error's code. */
  get status(): number {
    return errorTable[this.code].status;
  }
}

/** The fields that a failed parse complains of, in words that may be sent. */
export function issuesOf(error: ZodError): FieldIssue[] {
  return error.issues.slice(0, 20).map(({ path, message }) => ({ path: path.join('.'), message }));
}

/** Any thrown value as an AppError: zod's become INVALID_INPUT, unknown ones INTERNAL with the cause kept. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError)
    return new AppError('INVALID_INPUT', { cause: error, issues: issuesOf(error) });
  return new AppError('INTERNAL', { cause: error });
}

/** The error as it is sent: never a cause, a stack or a detail. */
export function toErrorBody(error: unknown): ErrorBody {
  const { code, issues, retryAfterMs } = toAppError(error);
  const { message, retryable } = errorTable[code];
  return {
    code,
    message,
    retryable,
    ...(issues === undefined ? {} : { issues: [...issues] }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs: Math.ceil(retryAfterMs) }),
  };
}

/** True for errors that a caller can cause; false for faults of our own, which are logged as such. */
export function isExpected(error: unknown): boolean {
  return toAppError(error).status < 500;
}
