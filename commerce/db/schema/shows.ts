import type { CouponId, MerchantId, ProductId, ShowId, UserId } from '@souk/protocol/ids';
import { type ShowEndReason, showStatuses } from '@souk/protocol/states';
import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { merchants, users } from './accounts.ts';
import { products } from './catalog.ts';
import { instant } from './columns.ts';

export const shows = pgTable(
  'shows',
  {
    id: text().$type<ShowId>().primaryKey(),
    merchantId: text()
      .$type<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    hostId: text()
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    title: text().notNull(),
    status: text({ enum: showStatuses }).notNull().default('draft'),
    /** The product that is pinned now; the timeline has the history. */
    pinnedProductId: text().$type<ProductId>(),
    pinnedCouponId: text().$type<CouponId>(),
    createdAt: instant().notNull(),
    liveSince: instant(),
    endedAt: instant(),
    endReason: text().$type<ShowEndReason>(),
    /** Decided before the show; its recording begins at go-live. */
    isRecorded: boolean().notNull().default(false),
  },
  (table) => [
    index('shows_live').on(table.liveSince).where(sql`${table.status} = 'live'`),
    index('shows_host').on(table.hostId, table.createdAt),
    check('shows_ended_has_reason', sql`(${table.status} = 'ended') = (${table.endReason} IS NOT NULL)`),
  ],
);

export const showLineup = pgTable(
  'show_lineup',
  {
    showId: text()
      .$type<ShowId>()
      .notNull()
      .references(() => shows.id),
    productId: text()
      .$type<ProductId>()
      .notNull()
      .references(() => products.id),
    /** Order in the line-up, from 0. */
    position: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.showId, table.productId] }),
    index('show_lineup_product').on(table.productId),
  ],
);

/** One row per key; holds what belongs to the installation, for example which show is the demo show. */
export const settings = pgTable('settings', {
  key: text().primaryKey(),
  value: jsonb().notNull(),
});
