import { audienceSchema } from '@souk/protocol/timeline/entries';
import type { StoredEntry } from '@souk/timeline/stored-entry';
import { z } from 'zod';

/** An entry as the archive takes it; `data` is JSON. */
export interface ArchivedRow {
  readonly entryId: string;
  /** Unix milliseconds. */
  readonly at: number;
  readonly type: string;
  readonly audience: string;
  readonly data: string;
}

const fieldsSchema = z.object({
  at: z.coerce.number().int().min(0).max(253_402_300_799_999),
  type: z.string().min(1),
  audience: audienceSchema,
  data: z.string(),
});

/**
 * What PostgreSQL cannot keep in a jsonb: U+0000, and half of a surrogate pair.
 * Source: https://www.postgresql.org/docs/current/datatype-json.html
 */
const unkeepable = /\\u(?:0000|d[89a-f])/i;

/** The row of one message of a stream, of whatever type. Throws when it is no entry at all. */
export function toArchivedRow([entryId, fields]: StoredEntry): ArchivedRow {
  const byName: Record<string, string> = {};
  for (let index = 0; fields !== null && index + 1 < fields.length; index += 2)
    byName[fields[index] ?? ''] = fields[index + 1] ?? '';
  const { data, ...rest } = fieldsSchema.parse(byName);
  const parsed: unknown = JSON.parse(data);
  if (typeof parsed !== 'object' || parsed === null) throw new TypeError('the data of an entry is no object');
  return { entryId, ...rest, data: unkeepable.test(data) ? JSON.stringify(mend(parsed)) : data };
}

/** The same value with what cannot be kept replaced by U+FFFD in its texts and names. */
function mend(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replaceAll(/\p{Surrogate}/gu, '\uFFFD').replaceAll('\u0000', '\uFFFD');
  if (Array.isArray(value)) return value.map(mend);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [mend(name), mend(part)]));
}
