import type { ShowId } from '@souk/protocol/ids';
import type { Logger } from '@souk/runtime/logger';
import type { Redis } from '@souk/runtime/redis';
import { timelineKeys } from '@souk/timeline/keys';
import { parseStreams, type StoredEntry } from '@souk/timeline/stored-entry';
import type { PoolClient } from 'pg';
import type { Database } from '../db/database.ts';
import { lockArchives } from './archive-lock.ts';
import { type ArchivedRow, toArchivedRow } from './archived-row.ts';

/** Up to where a timeline is in the archive. */
export interface ArchiveCursor {
  readonly showId: ShowId;
  readonly epoch: string;
  readonly upTo: string;
}

export interface ArchivedPart extends ArchiveCursor {
  /** Entries that were looked at. */
  readonly entries: number;
  /** True when more may be waiting. */
  readonly isFull: boolean;
}

/** Copies up to `countEach` entries after each cursor. Gives back the shows that had any, with their new cursors. */
export type ArchiveBatch = (cursors: readonly ArchiveCursor[], countEach: number) => Promise<ArchivedPart[]>;

export interface ArchiveBatchDeps {
  readonly db: Database;
  readonly redis: Pick<Redis, 'xread' | 'mget'>;
  readonly logger: Logger;
}

const ROWS_PER_INSERT = 2_000;
const insertRows = `
  INSERT INTO timeline_entries (show_id, epoch, entry_id, at, type, audience, data)
  SELECT show_id, epoch, entry_id, at, type, audience, data::jsonb
  FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[])
    AS entry (show_id, epoch, entry_id, at, type, audience, data)
  ON CONFLICT DO NOTHING`;

type Row = ArchivedRow & Pick<ArchiveCursor, 'showId' | 'epoch'>;

/**
 * Reads the streams and writes what they have, in one transaction that holds the lock of each show's archive. Whoever
 * takes a text out of both waits for it: no text is written after it was taken out. May run again, or twice at once.
 */
export function createArchiveBatch({ db, redis, logger }: ArchiveBatchDeps): ArchiveBatch {
  return async (cursors, countEach) => {
    const client = await db.pool.connect();
    try {
      await client.query('BEGIN');
      await lockArchives(
        client,
        cursors.map(({ showId }) => showId),
      );
      const found = await readStreams(redis, cursors, countEach);
      const rows = found.flatMap(({ cursor, stored }) => toRows(cursor, stored, logger));
      await insert(client, rows);
      await client.query('COMMIT');
      client.release();
      return found.map(({ cursor, stored }) => toPart(cursor, stored, countEach));
    } catch (error) {
      // Its transaction ends with the connection.
      client.release(true);
      throw error;
    }
  };
}

async function readStreams(
  redis: ArchiveBatchDeps['redis'],
  cursors: readonly ArchiveCursor[],
  countEach: number,
): Promise<{ cursor: ArchiveCursor; stored: readonly StoredEntry[] }[]> {
  const keys = cursors.map(({ showId }) => timelineKeys.timeline(showId));
  const after = cursors.map(({ upTo }) => upTo);
  const streams = parseStreams(await redis.xread('COUNT', countEach, 'STREAMS', ...keys, ...after));
  // Asked for after the read: no epoch comes back, so what was read is of the one that is still there.
  const epochs = await redis.mget(cursors.map(({ showId }) => timelineKeys.epoch(showId)));
  return cursors.flatMap((cursor, index) => {
    const stored = streams.get(timelineKeys.timeline(cursor.showId)) ?? [];
    return stored.length === 0 || epochs[index] !== cursor.epoch ? [] : [{ cursor, stored }];
  });
}

function toRows({ showId, epoch }: ArchiveCursor, stored: readonly StoredEntry[], logger: Logger): Row[] {
  return stored.flatMap((message) => {
    try {
      return [{ showId, epoch, ...toArchivedRow(message) }];
    } catch (err) {
      // Nobody is told of it either: readers leave it out as well.
      logger.error({ event: 'entry-not-archived', showId, entryId: message[0], err });
      return [];
    }
  });
}

async function insert(client: PoolClient, rows: readonly Row[]): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
    const part = rows.slice(from, from + ROWS_PER_INSERT);
    await client.query(insertRows, [
      part.map(({ showId }) => showId),
      part.map(({ epoch }) => epoch),
      part.map(({ entryId }) => entryId),
      part.map(({ at }) => new Date(at).toISOString()),
      part.map(({ type }) => type),
      part.map(({ audience }) => audience),
      part.map(({ data }) => data),
    ]);
  }
}

function toPart(cursor: ArchiveCursor, stored: readonly StoredEntry[], countEach: number): ArchivedPart {
  const upTo = stored.at(-1)?.[0] ?? cursor.upTo;
  return { ...cursor, upTo, entries: stored.length, isFull: stored.length >= countEach };
}
