import type { MessageId, ShowId, UserId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { reports } from '../db/schema/moderation.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { writeAudit } from './audit-log.ts';

/** Messages that somebody of the staff took away, and by which act. */
export interface Removal {
  readonly showId: ShowId;
  readonly messageIds: readonly MessageId[];
  readonly actorId: UserId;
  /** Name of the command, for example `message:delete`. */
  readonly by: string;
  readonly reason: string;
  readonly now: number;
}

/** Closes the open reports of messages that are gone; inside the transaction that takes them away and holds the show's row. */
export async function closeReportsOf(tx: Tx, outbox: Outbox, removal: Removal): Promise<void> {
  const { showId, messageIds, actorId, by, reason, now } = removal;
  if (messageIds.length === 0) return;
  const isOpen = and(
    eq(reports.showId, showId),
    inArray(reports.messageId, [...messageIds]),
    isNull(reports.outcome),
  );
  const open = await tx.select().from(reports).where(isOpen).orderBy(asc(reports.id)).for('update');
  for (const { id: reportId, userId: personId, name: subjectName } of open) {
    const outcome = 'acted';
    await tx
      .update(reports)
      .set({ outcome, resolvedBy: actorId, resolvedAt: now })
      .where(eq(reports.id, reportId));
    const deed = { action: 'report:resolve', subject: reportId, personId, subjectName, reason };
    await writeAudit(tx, { at: now, actorId, showId, ...deed, detail: { outcome, by } });
    const entry = createEntry('report:resolved', now, { reportId, outcome });
    await outbox.publish(tx, { kind: 'timeline', showId, entry });
  }
}
