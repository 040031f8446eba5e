import { AppError } from '@souk/runtime/app-error';

/**
 * Texts that PostgreSQL cannot keep: the character U+0000, and half of a surrogate pair, which is a fault of syntax in a
 * jsonb. Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const textCodes = new Set(['22021', '22P05']);
const SYNTAX_CODE = '22P02';

/** INVALID_INPUT for a text that no table can keep. Others stay as they are. */
export function explainText(error: unknown): unknown {
  return !(error instanceof AppError) && isAboutText(error)
    ? new AppError('INVALID_INPUT', { cause: error, detail: 'text' })
    : error;
}

function isAboutText(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (!('code' in error) || typeof error.code !== 'string') return isAboutText(error.cause);
  if (textCodes.has(error.code)) return true;
  return error.code === SYNTAX_CODE && 'detail' in error && /surrogate/i.test(String(error.detail));
}
