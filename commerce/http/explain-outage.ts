import { AppError } from '@souk/runtime/app-error';
import { sqlStateOf } from '../db/database.ts';

/**
 * SQLSTATEs and socket errors of a database that cannot serve for the moment: shutting down, starting up, out of
 * connections, not reachable, too busy. Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const outageCodes = new Set([
  '57P01',
  '57P02',
  '57P03',
  // A statement that was given up, since others held what it needs.
  '57014',
  '53300',
  '08000',
  '08003',
  '08006',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);
const outageMessages =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Reached the max retries per request|Connection is closed)/;

/** The error that callers get while PostgreSQL or Redis is away: UNAVAILABLE, to be tried again. Others stay as they are. */
export function explainOutage(error: unknown): unknown {
  return isOutage(error) ? new AppError('UNAVAILABLE', { cause: error }) : error;
}

function isOutage(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof AppError) return false;
  if (outageCodes.has(sqlStateOf(error) ?? '') || outageMessages.test(error.message)) return true;
  return isOutage(error.cause);
}
