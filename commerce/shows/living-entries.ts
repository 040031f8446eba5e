import type { ShowId } from '@souk/protocol/ids';
import { type Audience, audienceSchema, mayHear, type Onlooker } from '@souk/protocol/timeline/entries';
import type { Redis } from '@souk/runtime/redis';
import { timelineKeys } from '@souk/timeline/keys';
import { parseRange, type StoredEntry as StreamMessage } from '@souk/timeline/stored-entry';
import { z } from 'zod';
import type { StoredEntry } from './timeline-archive.ts';

/** Messages of one look at the stream; of most, anybody may be told. */
const PAGE_ENTRIES = 1_000;

const fieldsSchema = z.object({
  at: z.coerce.number().int(),
  type: z.string(),
  audience: audienceSchema,
  data: z.string().transform((text) => z.record(z.string(), z.unknown()).parse(JSON.parse(text))),
});

/** What a show's Redis Stream has after an id, oldest first, as far as this onlooker may know it. */
export async function readLiving(
  redis: Redis,
  showId: ShowId,
  page: { after: string; limit: number; onlooker: Onlooker },
): Promise<StoredEntry[]> {
  const key = timelineKeys.timeline(showId);
  const entries: StoredEntry[] = [];
  for (let after = page.after; ; ) {
    const stored = parseRange(await redis.xrange(key, `(${after}`, '+', 'COUNT', PAGE_ENTRIES));
    entries.push(...stored.flatMap((message) => decode(message, page.onlooker)));
    const last = stored.at(-1);
    if (entries.length >= page.limit || last === undefined || stored.length < PAGE_ENTRIES)
      return entries.slice(0, page.limit);
    after = last[0];
  }
}

/** None for what the onlooker may not hear, which is the cheap test, and for what is malformed: the hub tells of it. */
function decode([id, fields]: StreamMessage, onlooker: Onlooker): StoredEntry[] {
  const byName: Record<string, string> = {};
  for (let index = 0; fields !== null && index + 1 < fields.length; index += 2)
    byName[fields[index] ?? ''] = fields[index + 1] ?? '';
  if (!mayHear((byName['audience'] ?? '') as Audience, onlooker)) return [];
  try {
    return [{ id, ...fieldsSchema.parse(byName) }];
  } catch {
    return [];
  }
}
