import type { OrderLine } from '@souk/protocol/http/buying';
import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { merchants } from '../db/schema/accounts.ts';
import { disputes } from '../db/schema/disputes.ts';
import { orderLines, orders, payments, shipments } from '../db/schema/orders.ts';
import type { OrderRow, PaymentRow } from './order-repository.ts';

/** An order with all that people see of it. */
export interface OrderParts {
  readonly order: OrderRow;
  readonly merchantName: string;
  readonly payment: PaymentRow;
  readonly shipment: typeof shipments.$inferSelect | null;
  readonly lines: OrderLine[];
  /** The one that was opened last. */
  readonly dispute: typeof disputes.$inferSelect | null;
  /** Which one the payment is among those that the gateway has not been asked for; null when it is not waiting. */
  readonly queuePlace: number | null;
}

const lines = sql<OrderLine[]>`(
  select json_agg(json_build_object(
    'productId', ${orderLines.productId}, 'variantId', ${orderLines.variantId}, 'title', ${orderLines.title},
    'variantLabel', ${orderLines.variantLabel}, 'pictureUrl', ${orderLines.pictureUrl},
    'quantity', ${orderLines.quantity}, 'unitPriceMinor', ${orderLines.unitPriceMinor}
  ) order by ${orderLines.position}) from ${orderLines} where ${orderLines.orderId} = ${orders.id})`;

const isWaiting = sql`${payments.askAt} is not null and ${payments.gatewayRef} is null
  and ${payments.status} = 'requires_confirmation'`;
const queuePlace = sql<number | null>`case when ${isWaiting} then (
  select count(*)::int + 1 from payments before
  where before.gateway_ref is null and before.status = 'requires_confirmation' and before.ask_at < ${payments.askAt}
) end`;

const latestDispute = sql`(select max(d.created_at) from disputes d where d.order_id = ${orders.id})`;

/** Reads orders, newest first, in one round trip. */
export async function readOrders(
  orm: Executor,
  where: SQL | undefined,
  limit: number,
): Promise<OrderParts[]> {
  return orm
    .select({
      ...{ order: orders, merchantName: merchants.name, payment: payments, shipment: shipments },
      ...{ dispute: disputes, lines, queuePlace },
    })
    .from(orders)
    .innerJoin(merchants, eq(merchants.id, orders.merchantId))
    .innerJoin(payments, eq(payments.orderId, orders.id))
    .leftJoin(shipments, eq(shipments.orderId, orders.id))
    .leftJoin(disputes, and(eq(disputes.orderId, orders.id), eq(disputes.createdAt, latestDispute)))
    .where(where)
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(limit);
}
