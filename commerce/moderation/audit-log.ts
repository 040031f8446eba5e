import type { Executor } from '../db/database.ts';
import { auditLog } from '../db/schema/moderation.ts';

/** Adds a row to the log of who did what; it belongs into the transaction of the deed. */
export async function writeAudit(orm: Executor, row: typeof auditLog.$inferInsert): Promise<void> {
  await orm.insert(auditLog).values(row);
}
