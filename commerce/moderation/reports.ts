import type { ReportReason } from '@souk/protocol/chat';
import {
  createId,
  isGuestId,
  type MessageId,
  type ReportId,
  type ShowId,
  type UserId,
} from '@souk/protocol/ids';
import { createEntry, mayHear } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import { reports, reportVoices } from '../db/schema/moderation.ts';
import { shows } from '../db/schema/shows.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { writeAudit } from './audit-log.ts';
import { isDeleted } from './delete-message.ts';
import type { MessageStore } from './message-store.ts';
import { type FindPersonName, NAMELESS } from './person-name.ts';

export interface NewReport {
  readonly showId: ShowId;
  readonly reporterId: UserId;
  readonly userId: UserId;
  /** Null: the person as such. */
  readonly messageId: MessageId | null;
  readonly reason: ReportReason;
  readonly note: string;
}

export interface Resolution {
  readonly showId: ShowId;
  readonly reportId: ReportId;
  readonly outcome: 'dismissed' | 'acted';
  readonly resolvedBy: UserId;
}

export interface Reports {
  /** Throws AppError SHOW_NOT_FOUND, SHOW_ENDED, MESSAGE_NOT_FOUND, USER_NOT_FOUND. */
  file(report: NewReport): Promise<void>;
  /** A report that is closed stays as it is. Throws AppError REPORT_NOT_FOUND. */
  resolve(resolution: Resolution): Promise<void>;
}

export interface ReportsDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly messages: MessageStore;
  readonly findName: FindPersonName;
  readonly clock: Clock;
}

/** What viewers tell the staff. Reports of the same are one, with a count; each person counts once, for good. */
export function createReports(deps: ReportsDeps): Reports {
  const { db, outbox, clock } = deps;
  return {
    async file(report) {
      const name = await findReported(deps, report);
      const { showId, reporterId, userId, messageId, reason, note } = report;
      await inTransaction(db, async (tx) => {
        await assertOpen(tx, showId);
        const subject = messageId ?? userId;
        await tx.execute(
          sql`SELECT pg_advisory_xact_lock(hashtextextended(${`report ${showId} ${subject}`}, 0))`,
        );
        const open = await findOpen(tx, report);
        const reportId = open?.id ?? createId('report');
        const count = (open?.count ?? 0) + 1;
        const filedAt = clock.now();
        if (await hasVoice(tx, showId, subject, reporterId)) return;
        const row = { id: reportId, showId, userId, name, messageId, reason, note, count, filedAt };
        await tx
          .insert(reports)
          .values(row)
          .onConflictDoUpdate({ target: reports.id, set: { reason, note, count } });
        await tx.insert(reportVoices).values({ showId, subject, reporterId, reportId, filedAt });
        // Whoever deletes it holds the show's row, for which the voice has waited.
        if (messageId !== null && (await isDeleted(tx, showId, messageId)))
          throw new AppError('MESSAGE_NOT_FOUND');
        const facts = { reportId, messageId, userId, name, reason, note, count };
        const entry = createEntry('report:filed', filedAt, facts);
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
      });
    },
    resolve: ({ showId, reportId, outcome, resolvedBy }) =>
      inTransaction(db, async (tx) => {
        const ofShow = and(eq(reports.id, reportId), eq(reports.showId, showId));
        const [report] = await tx.select().from(reports).where(ofShow).for('update');
        if (report === undefined) throw new AppError('REPORT_NOT_FOUND');
        if (report.outcome !== null) return;
        const now = clock.now();
        await tx.update(reports).set({ outcome, resolvedBy, resolvedAt: now }).where(ofShow);
        const { userId: personId, name: subjectName } = report;
        const deed = { action: 'report:resolve', subject: reportId, personId, subjectName };
        await writeAudit(tx, { at: now, actorId: resolvedBy, showId, ...deed, detail: { outcome } });
        const entry = createEntry('report:resolved', now, { reportId, outcome });
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
      }),
  };
}

/** The name of whoever is reported; a message must be one that the reporter sees, and of that person. */
async function findReported(
  { messages, findName }: ReportsDeps,
  { showId, reporterId, userId, messageId }: NewReport,
): Promise<string> {
  if (messageId !== null) {
    const found = await messages.find(showId, messageId);
    const isSeen = found !== undefined && mayHear(found.audience, { userId: reporterId, isStaff: false });
    if (!isSeen || found.data.userId !== userId) throw new AppError('MESSAGE_NOT_FOUND');
    return found.data.name;
  }
  const name = await findName(showId, userId);
  if (name === undefined && !isGuestId(userId)) throw new AppError('USER_NOT_FOUND');
  return name ?? NAMELESS;
}

async function assertOpen(tx: Tx, showId: ShowId): Promise<void> {
  const [show] = await tx.select({ status: shows.status }).from(shows).where(eq(shows.id, showId));
  if (show === undefined) throw new AppError('SHOW_NOT_FOUND');
  if (show.status === 'ended') throw new AppError('SHOW_ENDED');
}

async function findOpen(tx: Tx, { showId, userId, messageId }: NewReport) {
  const isSame = messageId === null ? isNull(reports.messageId) : eq(reports.messageId, messageId);
  const [open] = await tx
    .select({ id: reports.id, count: reports.count })
    .from(reports)
    .where(and(eq(reports.showId, showId), eq(reports.userId, userId), isSame, isNull(reports.outcome)));
  return open;
}

async function hasVoice(tx: Tx, showId: ShowId, subject: string, reporterId: UserId): Promise<boolean> {
  const rows = await tx
    .select({ reportId: reportVoices.reportId })
    .from(reportVoices)
    .where(
      and(
        eq(reportVoices.showId, showId),
        eq(reportVoices.subject, subject),
        eq(reportVoices.reporterId, reporterId),
      ),
    );
  return rows.length > 0;
}
