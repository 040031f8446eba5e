import type { ShowId, UserId } from '@souk/protocol/ids';
import { bigserial, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { users } from './accounts.ts';
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

/** Who did what, and why. Rows are only ever added; a trigger refuses changes. */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    at: instant().notNull(),
    actorId: text().$type<UserId>().notNull(),
    /** Name of the command, for example `user:mute`. */
    action: text().notNull(),
    showId: text().$type<ShowId>(),
    /** What it was done to: an id. */
    subject: text(),
    reason: text().notNull().default(''),
    detail: jsonb().notNull().default({}),
  },
  (table) => [index('audit_log_show').on(table.showId, table.at)],
);
