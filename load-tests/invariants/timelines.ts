import { type Entry, parseEntry } from '@souk/protocol/timeline/entries';
import type { Redis } from 'ioredis';
import { scanKeys } from './scan-keys.ts';

export interface MalformedEntry {
  readonly id: string;
  readonly fault: string;
}

/** The timeline of one show, as it stands in Redis. */
export interface ShowTimeline {
  readonly showId: string;
  /** Ids of all messages in the order of the stream. */
  readonly ids: readonly string[];
  readonly entries: readonly Entry[];
  readonly malformed: readonly MalformedEntry[];
}

/** Reads the timeline of every show that Redis knows. */
export async function readTimelines(redis: Redis): Promise<ShowTimeline[]> {
  const keys = await scanKeys(redis, 'souk:{shw_*}:timeline');
  return Promise.all(keys.map((key) => readTimeline(redis, key)));
}

async function readTimeline(redis: Redis, key: string): Promise<ShowTimeline> {
  const messages = await redis.xrange(key, '-', '+');
  const parsed = messages.map(([id, fields]) => parseMessage(id, fields));
  return {
    showId: key.slice(key.indexOf('{') + 1, key.indexOf('}')),
    ids: messages.map(([id]) => id),
    entries: parsed.flatMap((message) => ('fault' in message ? [] : [message])),
    malformed: parsed.flatMap((message) => ('fault' in message ? [message] : [])),
  };
}

function parseMessage(id: string, fields: readonly string[]): Entry | MalformedEntry {
  try {
    const { at, data, ...rest } = toRecord(fields);
    return parseEntry({ id, at: Number(at), data: JSON.parse(data ?? ''), ...rest });
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : String(error) };
  }
}

function toRecord(fields: readonly string[]): Record<string, string> {
  const pairs = fields.flatMap((name, index) =>
    index % 2 === 0 ? [[name, fields[index + 1] ?? ''] as const] : [],
  );
  return Object.fromEntries(pairs);
}
