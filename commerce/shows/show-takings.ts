import { productIdSchema, type ShowId } from '@souk/protocol/ids';
import type { OrderStatus } from '@souk/protocol/states';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '../db/database.ts';

/** Orders that were paid and not paid back: what counts as sold. */
const soldStatuses = [
  'paid',
  'allocated',
  'dispatched',
  'in_transit',
  'delivered',
] as const satisfies readonly OrderStatus[];

const soldStatusList = sql.join(
  soldStatuses.map((status) => sql`${status}`),
  sql`, `,
);
const totalsRow = z.object({ orders: z.coerce.number(), revenue_minor: z.coerce.number() });
const productRow = z.object({
  product_id: productIdSchema,
  title: z.string(),
  units: z.coerce.number(),
  revenue_minor: z.coerce.number(),
});

/** What a show sold. Amounts in minor units of the merchant's currency; refunds that were decided are taken off the revenue. */
export interface ShowTakings {
  readonly orders: number;
  readonly unitsSold: number;
  readonly revenueMinor: number;
  readonly products: {
    productId: z.infer<typeof productIdSchema>;
    title: string;
    unitsSold: number;
    revenueMinor: number;
  }[];
}

export async function getShowTakings(orm: Executor, showId: ShowId): Promise<ShowTakings> {
  const totals = await orm.execute(sql`
    SELECT count(*) AS orders, coalesce(sum(o.total_minor - p.refunded_minor), 0) AS revenue_minor
    FROM orders o JOIN payments p ON p.order_id = o.id
    WHERE o.show_id = ${showId} AND o.status IN (${soldStatusList})`);
  const perProduct = await orm.execute(sql`
    SELECT l.product_id, max(l.title) AS title, sum(l.quantity) AS units,
           sum(l.quantity * l.unit_price_minor) AS revenue_minor
    FROM order_lines l JOIN orders o ON o.id = l.order_id
    WHERE o.show_id = ${showId} AND o.status IN (${soldStatusList})
    GROUP BY l.product_id ORDER BY sum(l.quantity) DESC`);
  const { orders, revenue_minor } = totalsRow.parse(totals.rows[0]);
  const products = perProduct.rows.map((row) => {
    const {
      product_id: productId,
      title,
      units: unitsSold,
      revenue_minor: revenueMinor,
    } = productRow.parse(row);
    return { productId, title, unitsSold, revenueMinor };
  });
  const unitsSold = products.reduce((sum, product) => sum + product.unitsSold, 0);
  return { orders, unitsSold, revenueMinor: revenue_minor, products };
}
