import type { ShowId } from '@souk/protocol/ids';
import type { NewEntry } from '@souk/protocol/timeline/entries';
import { sql } from 'drizzle-orm';
import { bigint, bigserial, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';

/** What the relay hands on: an entry for a show's timeline, or a job for a queue. */
export type OutboxPayload =
  | { readonly kind: 'timeline'; readonly showId: ShowId; readonly entry: NewEntry }
  | {
      readonly kind: 'job';
      readonly name: string;
      readonly payload: unknown;
      readonly jobId: string;
      /** The instant before which the job must not run, Unix milliseconds. */
      readonly runAt: number;
    };

/** Facts that were committed and are not yet handed on. A row is removed when the relay has delivered it. */
export const outbox = pgTable(
  'outbox',
  {
    seq: bigserial({ mode: 'number' }).primaryKey(),
    /** Dedupe key at the receiving end. */
    id: text().notNull().unique(),
    /** Rows of one lane are delivered in the order of `seq`: a show's id, or the row's own id for a job. */
    lane: text().notNull(),
    payload: jsonb().$type<OutboxPayload>().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [index('outbox_lane').on(table.lane, table.seq)],
);

/** The archive of the timelines: what a show's Redis Stream held, redacted like it. */
export const timelineEntries = pgTable(
  'timeline_entries',
  {
    showId: text().$type<ShowId>().notNull(),
    epoch: text().notNull(),
    entryId: text().notNull(),
    at: instant().notNull(),
    type: text().notNull(),
    audience: text().notNull(),
    data: jsonb().notNull(),
    /** The two numbers of the entry's id, by which entries are ordered. */
    entryMs: bigint({ mode: 'number' })
      .notNull()
      .generatedAlwaysAs(sql`split_part(entry_id, '-', 1)::bigint`),
    entrySeq: bigint({ mode: 'number' })
      .notNull()
      .generatedAlwaysAs(sql`split_part(entry_id, '-', 2)::bigint`),
  },
  (table) => [
    primaryKey({ columns: [table.showId, table.epoch, table.entryMs, table.entrySeq] }),
    index('timeline_entries_type').on(table.showId, table.type, table.entryMs, table.entrySeq),
    index('timeline_entries_message')
      .on(table.showId, sql`(data ->> 'messageId')`)
      .where(sql`${table.type} IN ('chat:sent', 'chat:held', 'chat:pinned')`),
    index('timeline_entries_speaker')
      .on(table.showId, sql`(data ->> 'userId')`, table.entryMs)
      .where(sql`${table.type} IN ('chat:sent', 'chat:held')`),
  ],
);
