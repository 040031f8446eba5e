import { type Entry, parseEntry } from '@souk/protocol/timeline/entries';
import type { Logger } from '@souk/runtime/logger';
import { z } from 'zod';

const storedEntrySchema = z.tuple([z.string(), z.array(z.string())]);
const storedListSchema = z.array(z.tuple([z.string(), z.array(z.string()).nullable()]));
const storedStreamsSchema = z.array(z.tuple([z.string(), storedListSchema]));

/** One message of a Redis Stream as ioredis hands it over: its id, and its fields one after the other. */
export type StoredEntry = readonly [string, readonly string[] | null];

/** Reads the answer of XRANGE. Throws ZodError when Redis answered something else. */
export function parseRange(answer: unknown): readonly StoredEntry[] {
  return storedListSchema.parse(answer);
}

/** Reads the answer of XREAD: stream key → messages. Throws ZodError when Redis answered something else. */
export function parseStreams(answer: unknown): ReadonlyMap<string, readonly StoredEntry[]> {
  // Nothing new, which is what most reads find.
  if (answer === null) return new Map();
  return new Map(storedStreamsSchema.parse(answer));
}

/** The entries of these messages. A malformed one is logged and left out: one bad message must not stop a show. */
export function decodeEntries(stored: readonly StoredEntry[], key: string, logger: Logger): Entry[] {
  return stored.flatMap((message) => {
    const entry = decodeEntry(message, key, logger);
    return entry === undefined ? [] : [entry];
  });
}

function decodeEntry(message: StoredEntry, key: string, logger: Logger): Entry | undefined {
  try {
    const [id, fields] = storedEntrySchema.parse(message);
    const byName = toRecord(fields);
    return parseEntry({
      id,
      at: Number(byName.get('at')),
      type: byName.get('type'),
      audience: byName.get('audience'),
      data: JSON.parse(byName.get('data') ?? 'null'),
    });
  } catch (err) {
    logger.warn({ event: 'malformed-entry', key, entryId: message[0], err });
    return undefined;
  }
}

function toRecord(fields: readonly string[]): ReadonlyMap<string, string> {
  const byName = new Map<string, string>();
  for (let index = 0; index + 1 < fields.length; index += 2) {
    byName.set(fields[index] ?? '', fields[index + 1] ?? '');
  }
  return byName;
}
