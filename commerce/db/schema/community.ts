import { blockedWordActions, chatAudiences, reviewScopes } from '@souk/protocol/chat';
import { hookFallbacks } from '@souk/protocol/http/community';
import type { MerchantId, ShowId, UserId } from '@souk/protocol/ids';
import type { EntryData } from '@souk/protocol/timeline/entries';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { merchants, users } from './accounts.ts';
import { instant } from './columns.ts';
import { shows } from './shows.ts';

export const follows = pgTable(
  'follows',
  {
    merchantId: text()
      .$type<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    userId: text()
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    followedAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.merchantId, table.userId] }),
    index('follows_user').on(table.userId),
  ],
);

/** The rules of a show's chat; a show without a row has the open ones. */
export const showChats = pgTable('show_chats', {
  showId: text()
    .$type<ShowId>()
    .primaryKey()
    .references(() => shows.id),
  who: text({ enum: chatAudiences }).notNull().default('everyone'),
  slowSeconds: integer().notNull().default(0),
  linksAllowed: boolean().notNull().default(true),
  words: jsonb().$type<readonly string[]>().notNull().default([]),
  onMatch: text({ enum: blockedWordActions }).notNull().default('refuse'),
  review: text({ enum: reviewScopes }).notNull().default('none'),
  /** The message above the chat, as it was said. */
  pinned: jsonb().$type<EntryData<'chat:pinned'>>(),
});

/** What a shop decides for the chat of all its shows. */
export const merchantChats = pgTable('merchant_chats', {
  merchantId: text()
    .$type<MerchantId>()
    .primaryKey()
    .references(() => merchants.id),
  words: jsonb().$type<readonly string[]>().notNull(),
});

/** Who is asked about the messages in a shop's shows. The secret is no column: it is derived from the salt. */
export const reviewHooks = pgTable('review_hooks', {
  merchantId: text()
    .$type<MerchantId>()
    .primaryKey()
    .references(() => merchants.id),
  url: text().notNull(),
  onTimeout: text({ enum: hookFallbacks }).notNull(),
  isOn: boolean().notNull(),
  secretSalt: text().notNull(),
  /** The hook decides in the name of whoever set it. */
  setBy: text().$type<UserId>().notNull(),
  setAt: instant().notNull(),
});
