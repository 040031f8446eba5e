import { sql } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { auditLog } from '../db/schema/moderation.ts';

/** A deed as its room tells it. The shop is looked up by the show, the name of a person with an account by the id. */
export type Deed = Omit<typeof auditLog.$inferInsert, 'id'>;

/** Adds a row to the log of who did what; it belongs into the transaction of the deed. */
export async function writeAudit(orm: Executor, deed: Deed): Promise<void> {
  const { showId, personId } = deed;
  await orm.insert(auditLog).values({
    ...deed,
    merchantId: deed.merchantId ?? sql`(SELECT merchant_id FROM shows WHERE id = ${showId ?? null})`,
    subjectName: deed.subjectName ?? sql`(SELECT name FROM users WHERE id = ${personId ?? null})`,
  });
}
