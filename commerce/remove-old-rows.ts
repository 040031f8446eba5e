import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from './db/database.ts';

export interface RemoveOldRowsDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Rows that nobody needs are kept this long, for who looks into a complaint. */
  readonly keptMs: number;
}

const AT_A_TIME = 1_000;

/**
 * What of each table is of no use any more, by its key. Orders, payments, refunds, receipts and the ledger are the shop's
 * books, and stay; with them the idempotency keys of orders and refunds.
 */
const old: Readonly<Record<string, { readonly table: SQL; readonly isOld: (before: SQL) => SQL }>> = {
  // A payment service sends an event again for days, not for weeks.
  paymentEvents: { table: sql`payment_events`, isOld: (before) => sql`received_at < ${before}` },
  waitlist: {
    table: sql`waitlist_entries`,
    isOld: (before) => sql`updated_at < ${before} and status not in ('waiting', 'offered')`,
  },
  saleChanges: { table: sql`sale_changes`, isOld: (before) => sql`"at" < ${before}` },
  sandboxEvents: { table: sql`sandbox_events`, isOld: (before) => sql`created_at < ${before} and delivered` },
};

/** Removes what is older than is kept, a slice at a time, so that nobody waits for it. Each table on its own. */
export function createRemoveOldRows({ db, clock, logger, keptMs }: RemoveOldRowsDeps): () => Promise<void> {
  return async () => {
    const before = sql`${new Date(clock.now() - keptMs).toISOString()}::timestamptz`;
    for (const [name, { table, isOld }] of Object.entries(old)) {
      let removed = 0;
      for (;;) {
        const { rowCount } = await db.orm.execute(sql`
          delete from ${table} where ctid in (
            select ctid from ${table} where ${isOld(before)} limit ${AT_A_TIME} for update skip locked)`);
        removed += rowCount ?? 0;
        if ((rowCount ?? 0) < AT_A_TIME) break;
      }
      if (removed > 0) logger.info({ event: 'old-rows-removed', table: name, removed });
    }
  };
}
