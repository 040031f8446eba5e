import { readFileSync } from 'node:fs';
import type { ShowId } from '@souk/protocol/ids';
import { type Entry, type NewEntry, parseNewEntry } from '@souk/protocol/timeline/entries';
import type { Logger } from '@souk/runtime/logger';
import { closeRedis, defineScript, type Redis } from '@souk/runtime/redis';
import { type Appender, createAppender } from './append.ts';
import { timelineKeys } from './keys.ts';
import { createStateReader, type MissedSince, type StateReader } from './load-state.ts';
import type { Snapshot } from './snapshot.ts';
import { decodeEntries, parseRange } from './stored-entry.ts';

export interface ReadOptions {
  /** Id of the last entry that the reader has. */
  readonly after: string;
  readonly limit: number;
}

export interface Timeline extends Appender {
  /**
   * Begins the timeline with these entries, all or none, unless it has begun: then it changes nothing and gives back
   * false. Throws ZodError when an entry does not fit its type, or an ioredis error when Redis is out of reach.
   */
  begin(showId: ShowId, entries: readonly NewEntry[]): Promise<boolean>;
  /** The entries after an id, oldest first; malformed ones are logged and left out. */
  read(showId: ShowId, options: ReadOptions): Promise<Entry[]>;
  /** Every entry after an id that is in the stream, in pages, oldest first. */
  readAll(showId: ShowId, after: string): AsyncGenerator<Entry[], void, undefined>;
  /**
   * The show as its timeline tells it now, and the epoch of that: the snapshot, and what came after it. This is how to
   * begin; a fold of `readAll` from the beginning lacks what was trimmed. Undefined when the show has no timeline.
   */
  loadState(showId: ShowId): Promise<Snapshot | undefined>;
  /**
   * Every entry after an id of this epoch, oldest first. Undefined when the timeline cannot tell them any more, or when
   * they are more than `limit`: the reader needs the state.
   */
  readMissed(showId: ShowId, since: MissedSince): Promise<Entry[] | undefined>;
  /** The timeline's epoch, or undefined when the show has no timeline. */
  epoch(showId: ShowId): Promise<string | undefined>;
  /** Ends the connection that this timeline was given. Idempotent. */
  close(): Promise<void>;
}

export interface TimelineOptions {
  readonly redis: Redis;
  readonly logger: Logger;
  /** Makes the name of a new epoch; random when left out. */
  readonly newEpoch?: () => string;
}

const PAGE_ENTRIES = 1_000;
const beginLua = readFileSync(new URL('./begin-timeline.lua', import.meta.url), 'utf8');

/** The log of each show: one Redis Stream per show, one order, one epoch. */
export function createTimeline({ redis, logger, newEpoch = randomEpoch }: TimelineOptions): Timeline {
  const beginTimeline = defineScript(redis, 'soukBeginTimeline', beginLua);

  const page = async (showId: ShowId, after: string, limit: number) => {
    const key = timelineKeys.timeline(showId);
    const stored = parseRange(await redis.xrange(key, `(${after}`, '+', 'COUNT', limit));
    return { entries: decodeEntries(stored, key, logger), lastId: stored.at(-1)?.[0], length: stored.length };
  };

  const timeline: Omit<Timeline, keyof StateReader> = {
    ...createAppender(redis, newEpoch),
    async begin(showId, entries) {
      const fields = entries.map(parseNewEntry).flatMap(({ type, at, audience, data }) => {
        return [type, at, audience, JSON.stringify(data)];
      });
      const keys = [timelineKeys.timeline(showId), timelineKeys.epoch(showId)];
      return (await beginTimeline(keys, [newEpoch(), ...fields])) === 1;
    },
    read: async (showId, { after, limit }) => (await page(showId, after, limit)).entries,
    async *readAll(showId, after) {
      let cursor = after;
      for (;;) {
        const { entries, lastId, length } = await page(showId, cursor, PAGE_ENTRIES);
        if (entries.length > 0) yield entries;
        if (lastId === undefined || length < PAGE_ENTRIES) return;
        cursor = lastId;
      }
    },
    epoch: async (showId) => (await redis.get(timelineKeys.epoch(showId))) ?? undefined,
    close: () => closeRedis(redis),
  };
  return { ...timeline, ...createStateReader({ redis, logger, ...timeline }) };
}

function randomEpoch(): string {
  return crypto.randomUUID();
}
