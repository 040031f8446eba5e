import { banScopes, reportOutcomes, reportReasons } from '@souk/protocol/chat';
import type { MerchantId, MessageId, ReportId, ShowId, UserId } from '@souk/protocol/ids';
import { sql } from 'drizzle-orm';
import {
  bigserial,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { merchants, users } from './accounts.ts';
import { instant } from './columns.ts';
import { shows } from './shows.ts';

export const showModerators = pgTable(
  'show_moderators',
  {
    showId: text()
      .$type<ShowId>()
      .notNull()
      .references(() => shows.id),
    userId: text()
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    invitedBy: text().$type<UserId>().notNull(),
    invitedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.showId, table.userId] }),
    index('show_moderators_user').on(table.userId),
  ],
);

/** The mutes in force or past; a guest can be muted, so `user_id` has no foreign key. */
export const mutes = pgTable(
  'mutes',
  {
    showId: text()
      .$type<ShowId>()
      .notNull()
      .references(() => shows.id),
    userId: text().$type<UserId>().notNull(),
    until: instant().notNull(),
    reason: text().notNull(),
    mutedBy: text().$type<UserId>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.showId, table.userId] })],
);

/** The bans in force. A guest can be banned, so `user_id` has no foreign key; the name is kept for the list. */
export const bans = pgTable(
  'bans',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    scope: text({ enum: banScopes }).notNull(),
    merchantId: text()
      .$type<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    /** Where it was said; of scope `show` it holds there only. */
    showId: text()
      .$type<ShowId>()
      .notNull()
      .references(() => shows.id),
    userId: text().$type<UserId>().notNull(),
    name: text().notNull(),
    reason: text().notNull(),
    bannedBy: text().$type<UserId>().notNull(),
    bannedAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex('bans_of_show').on(table.showId, table.userId).where(sql`${table.scope} = 'show'`),
    uniqueIndex('bans_of_merchant')
      .on(table.merchantId, table.userId)
      .where(sql`${table.scope} = 'merchant'`),
    index('bans_merchant').on(table.merchantId, table.id).where(sql`${table.scope} = 'merchant'`),
    index('bans_person').on(table.merchantId, table.userId),
  ],
);

/** Whose messages only the staff and they themselves see. */
export const shadowBans = pgTable(
  'shadow_bans',
  {
    showId: text()
      .$type<ShowId>()
      .notNull()
      .references(() => shows.id),
    userId: text().$type<UserId>().notNull(),
    name: text().notNull(),
    reason: text().notNull(),
    bannedBy: text().$type<UserId>().notNull(),
    bannedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.showId, table.userId] })],
);

/** Messages whose text must be nowhere any more. Written before the text is taken out, so that nobody puts it back. */
export const deletedMessages = pgTable(
  'deleted_messages',
  {
    showId: text()
      .$type<ShowId>()
      .notNull()
      .references(() => shows.id),
    messageId: text().$type<MessageId>().notNull(),
    deletedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.showId, table.messageId] })],
);

/** What was reported: a message, or a person as such. Reports of the same are one row while it is open. */
export const reports = pgTable(
  'reports',
  {
    id: text().$type<ReportId>().primaryKey(),
    showId: text()
      .$type<ShowId>()
      .notNull()
      .references(() => shows.id),
    userId: text().$type<UserId>().notNull(),
    name: text().notNull(),
    messageId: text().$type<MessageId>(),
    /** Of the newest voice. */
    reason: text({ enum: reportReasons }).notNull(),
    note: text().notNull(),
    /** How many people have reported it. */
    count: integer().notNull(),
    filedAt: instant().notNull(),
    outcome: text({ enum: reportOutcomes }),
    resolvedBy: text().$type<UserId>(),
    resolvedAt: instant(),
  },
  (table) => [
    uniqueIndex('reports_open')
      .on(table.showId, table.userId, sql`coalesce(${table.messageId}, '')`)
      .where(sql`${table.outcome} IS NULL`),
    index('reports_person').on(table.showId, table.userId),
    check('reports_resolved', sql`(${table.outcome} IS NULL) = (${table.resolvedAt} IS NULL)`),
  ],
);

/** Who has reported what: each person once. */
export const reportVoices = pgTable(
  'report_voices',
  {
    showId: text()
      .$type<ShowId>()
      .notNull()
      .references(() => shows.id),
    /** Id of the message, or of the person. */
    subject: text().notNull(),
    reporterId: text().$type<UserId>().notNull(),
    reportId: text()
      .$type<ReportId>()
      .notNull()
      .references(() => reports.id),
    filedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.showId, table.subject, table.reporterId] }),
    index('report_voices_report').on(table.reportId),
  ],
);

/** Who did what, and why. Rows are only ever added; a trigger refuses changes. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    at: instant().notNull(),
    actorId: text().$type<UserId>().notNull(),
    /** Name of the command, for example `user:mute`. */
    action: text().notNull(),
    /** Whose show or shop it was done in. */
    merchantId: text().$type<MerchantId>(),
    showId: text().$type<ShowId>(),
    /** What it was done to: an id. */
    subject: text(),
    /** The person it was done to, for example the author of a message; the name as it was then. */
    personId: text().$type<UserId>(),
    subjectName: text(),
    reason: text().notNull().default(''),
    detail: jsonb().notNull().default({}),
  },
  (table) => [
    index('audit_log_show').on(table.showId, table.id),
    index('audit_log_merchant').on(table.merchantId, table.id),
    index('audit_log_actor').on(table.merchantId, table.actorId, table.id),
    index('audit_log_action').on(table.merchantId, table.action, table.id),
    index('audit_log_person').on(table.merchantId, table.personId, table.id),
  ],
);
