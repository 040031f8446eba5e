/** An error as the log has it. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  /** The frames, without the message, which may carry what must not be logged. */
  readonly stack?: string;
  readonly cause?: LoggedError;
}

const MAX_DEPTH = 5;
const MAX_MESSAGE_LENGTH = 1_000;

/**
 * Makes an error fit for the log: its kind, message, code, frames and causes, and nothing else that libraries hang
 * onto errors. The parameters of failed queries are left out: they are people's data, password hashes among them.
 */
export function serializeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: cut(String(error)) };
  const { name, message, stack, cause } = error;
  const frames = framesOf(stack);
  return {
    type: name === 'Error' ? error.constructor.name : name,
    message: cut(withoutParameters(message)),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(frames === '' ? {} : { stack: frames }),
    ...(cause === undefined || depth >= MAX_DEPTH ? {} : { cause: serializeError(cause, depth + 1) }),
  };
}

/** Drizzle writes the parameters behind the query. Source: https://github.com/drizzle-team/drizzle-orm/blob/main/drizzle-orm/src/errors.ts */
function withoutParameters(message: string): string {
  const [query = ''] = message.split('\nparams:', 1);
  return query;
}

function framesOf(stack: string | undefined): string {
  const lines = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return lines.slice(0, 30).join('\n');
}

function cut(text: string): string {
  return text.length > MAX_MESSAGE_LENGTH ? `${text.slice(0, MAX_MESSAGE_LENGTH)}…` : text;
}
