import type { ShowId } from '@souk/protocol/ids';
import { type Audience, audienceSchema, mayHear, type Onlooker } from '@souk/protocol/timeline/entries';
import type { Redis } from '@souk/runtime/redis';
import { timelineKeys } from '@souk/timeline/keys';
import { parseRange, type StoredEntry as StreamMessage } from '@souk/timeline/stored-entry';
import { z } from 'zod';
import type { StoredEntry } from './timeline-archive.ts';

/** Messages of one look at the stream: some more than a page, because not everybody may hear all. */
const LOOK_MESSAGES = 600;

const fieldsSchema = z.object({
  at: z.coerce.number().int(),
  type: z.string(),
  audience: audienceSchema,
  data: z.record(z.string(), z.unknown()),
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
    const stored = parseRange(await redis.xrange(key, `(${after}`, '+', 'COUNT', LOOK_MESSAGES));
    for (const message of stored) {
      const entry = decode(message, page.onlooker);
      if (entry !== undefined) entries.push(entry);
      if (entries.length === page.limit) return entries;
    }
    const last = stored.at(-1);
    if (last === undefined || stored.length < LOOK_MESSAGES) return entries;
    after = last[0];
  }
}

/** Undefined for what the onlooker may not hear, which is the cheap test, and for what is malformed: the hub tells of it. */
function decode([id, fields]: StreamMessage, onlooker: Onlooker): StoredEntry | undefined {
  const byName: Record<string, string> = {};
  for (let index = 0; fields !== null && index + 1 < fields.length; index += 2)
    byName[fields[index] ?? ''] = fields[index + 1] ?? '';
  if (!mayHear((byName['audience'] ?? '') as Audience, onlooker)) return undefined;
  const found = fieldsSchema.safeParse({ ...byName, data: parseJson(byName['data']) }).data;
  return found === undefined ? undefined : { id, ...found };
}

/** Undefined for what is no JSON. */
function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
