import { AppError } from '@souk/runtime/app-error';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';

/** One page of a list, and the cursor of the next; null on the last page. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Where a page ended: the values of its order. */
export type Key = readonly (number | string)[];

const keySchema = z.array(z.union([z.number(), z.string().max(100)])).max(4);

/** The cursor of a key; opaque to callers. */
export function writeCursor(key: Key): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The key in a cursor, of that many values. Throws AppError INVALID_INPUT for anything that `writeCursor` did not write. */
export function readCursor(cursor: string, shape: readonly ('number' | 'string')[]): Key {
  const key = keySchema.safeParse(parse(cursor));
  if (!key.success || !fits(key.data, shape)) throw new AppError('INVALID_INPUT', { detail: 'cursor' });
  return key.data;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

const fits = (key: Key, shape: readonly string[]): boolean =>
  key.length === shape.length && key.every((value, at) => isOf(value, shape[at]));

/** Numbers are those of an integer column, texts without the character that PostgreSQL has none of. */
function isOf(value: number | string, type: string | undefined): boolean {
  if (typeof value === 'string') return type === 'string' && !value.includes('\0');
  return type === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31;
}

/** Cuts the row that was read beyond the page, and makes the cursor of the next page. */
export function toPage<Row>(rows: readonly Row[], limit: number, keyOf: (row: Row) => Key): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items, nextCursor: hasMore ? writeCursor(keyOf(last)) : null };
}

/** The text as a pattern of ILIKE that finds it anywhere; its wildcards stand for themselves. */
export function containing(text: string): SQL {
  return sql`${`%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}`;
}
