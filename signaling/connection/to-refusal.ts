import { AppError, toAppError } from '@souk/runtime/app-error';

/** How ioredis says that the server is away: retries used up, connection closed, or still loading its data. */
const awayPattern = /^(?:LOADING |Reached the max retries per request|Connection is closed|connect ECONN)/;

/** Any thrown value as the refusal of a command; a Redis that is away is UNAVAILABLE, which is worth another try. */
export function toRefusal(error: unknown): AppError {
  const isAway = error instanceof Error && awayPattern.test(error.message);
  return isAway ? new AppError('UNAVAILABLE', { cause: error }) : toAppError(error);
}

/** True where somebody should look at it: not for what a client has caused, nor for a node that is full. */
export function isFault({ status, code }: AppError): boolean {
  return status >= 500 && code !== 'OVERLOADED';
}
