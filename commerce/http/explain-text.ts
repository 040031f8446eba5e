import { AppError } from '@souk/runtime/app-error';
import { sqlStateOf } from '../db/database.ts';

/**
 * Texts that PostgreSQL cannot keep: the character U+0000, and half of a surrogate pair.
 * Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const textCodes = new Set(['22021', '22P05']);

/** INVALID_INPUT for a text that no table can keep. Others stay as they are. */
export function explainText(error: unknown): unknown {
  if (error instanceof AppError || !textCodes.has(sqlStateOf(error) ?? '')) return error;
  return new AppError('INVALID_INPUT', { cause: error, detail: 'text' });
}
