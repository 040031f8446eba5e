import type { ShowId, StreamKeyId } from '@souk/protocol/ids';
import type { RecordingStatus } from '@souk/protocol/states';
import { sql } from 'drizzle-orm';
import { bigint, char, check, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { shows } from './shows.ts';

/** The key of each show with which an encoder publishes; only its hash is kept. */
export const streamKeys = pgTable('stream_keys', {
  showId: text()
    .$type<ShowId>()
    .primaryKey()
    .references(() => shows.id),
  id: text().$type<StreamKeyId>().notNull().unique(),
  /** SHA-256 of the secret, in hex: the secret is random, so nothing slower is needed. */
  secretHash: char({ length: 64 }).notNull().unique(),
  hint: char({ length: 4 }).notNull(),
  createdAt: instant().notNull(),
  lastUsedAt: instant(),
});

/** What there is of each show's recording; its files are in the storage, under the show's id. */
export const recordings = pgTable(
  'recordings',
  {
    showId: text()
      .$type<ShowId>()
      .primaryKey()
      .references(() => shows.id),
    status: text().$type<RecordingStatus>().notNull(),
    /** Instant of the first picture. */
    startedAt: instant().notNull(),
    durationMs: integer().notNull().default(0),
    sizeBytes: bigint({ mode: 'number' }).notNull().default(0),
    /** Set when the show has ended and the last file is written. */
    readyAt: instant(),
    /** Set when the last file is gone. */
    removedAt: instant(),
  },
  (table) => [
    index('recordings_ready').on(table.readyAt).where(sql`${table.status} = 'ready'`),
    index('recordings_to_finish').on(table.showId).where(sql`${table.status} = 'active'`),
    index('recordings_to_remove')
      .on(table.showId)
      .where(sql`${table.status} = 'removed' AND ${table.removedAt} IS NULL`),
    check('recordings_length', sql`${table.durationMs} >= 0 AND ${table.sizeBytes} >= 0`),
  ],
);
