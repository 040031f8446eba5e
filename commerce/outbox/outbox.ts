import type { JobName, JobPayload } from '@souk/jobs/job-table';
import { createId, type ShowId } from '@souk/protocol/ids';
import type { NewEntry } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import { sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import type { OutboxPayload, outbox } from '../db/schema/outbox.ts';

interface TimelineItem {
  readonly kind: 'timeline';
  readonly showId: ShowId;
  readonly entry: NewEntry;
  /** Names the fact: published again within a day, it is told once. Left out: each time is a fact of its own. */
  readonly factId?: string;
}

interface JobItemOf<Name extends JobName> {
  readonly kind: 'job';
  readonly name: Name;
  readonly payload: JobPayload<Name>;
  /** The job does not run before this long from now; 0 when left out. */
  readonly delayMs?: number;
  /** Dedupe key of the queue; the outbox row's own id when left out. */
  readonly jobId?: string;
}
type JobItem = { [Name in JobName]: JobItemOf<Name> }[JobName];

/** A fact to hand on once the transaction is committed. */
export type OutboxItem = TimelineItem | JobItem;

export interface Outbox {
  /** Writes items, in order, with the caller's transaction. The relay delivers each exactly once after the commit. */
  publish(tx: Tx, ...items: readonly OutboxItem[]): Promise<void>;
}

/** The one way from PostgreSQL to timelines and queues. */
export function createOutbox({ clock }: { clock: Clock }): Outbox {
  return {
    async publish(tx, ...items) {
      if (items.length === 0) return;
      const rows = toOutboxRows(items, clock.now());
      const column = (pick: (row: OutboxRow) => string | number) => sql.param(rows.map(pick));
      // One text for any number of rows: what concerns all shows of a shop can be hundreds.
      await tx.execute(sql`
        INSERT INTO outbox (id, lane, payload, created_at)
        SELECT id, lane, payload::jsonb, to_timestamp(at / 1000.0) FROM unnest(
          ${column(({ id }) => id)}::text[], ${column(({ lane }) => lane)}::text[],
          ${column(({ payload }) => JSON.stringify(payload))}::text[], ${column(({ createdAt }) => createdAt)}::bigint[]
        ) WITH ORDINALITY AS r (id, lane, payload, at, position)
        ORDER BY position ON CONFLICT (id) DO NOTHING`);
    },
  };
}

type OutboxRow = Pick<Required<typeof outbox.$inferInsert>, 'id' | 'lane' | 'payload' | 'createdAt'>;

/** The rows of these items, in order, for a statement that writes more than the outbox. */
export function toOutboxRows(items: readonly OutboxItem[], now: number): OutboxRow[] {
  return items.map((item) => toRow(item, now));
}

function toRow(item: OutboxItem, now: number): OutboxRow {
  const id = createId('outboxEvent');
  if (item.kind === 'timeline') {
    const { showId, entry, factId = id } = item;
    return { id: factId, lane: showId, payload: { kind: 'timeline', showId, entry }, createdAt: now };
  }
  const payload: OutboxPayload = {
    kind: 'job',
    name: item.name,
    payload: item.payload,
    jobId: item.jobId ?? id,
    runAt: now + (item.delayMs ?? 0),
  };
  return { id, lane: id, payload, createdAt: now };
}
