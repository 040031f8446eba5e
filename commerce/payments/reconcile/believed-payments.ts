import type { MerchantId, PaymentId } from '@souk/protocol/ids';
import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Database, Executor } from '../../db/database.ts';
import { orders, payments } from '../../db/schema/orders.ts';
import type { Believed } from './judge-payment.ts';

/** What the house believes of a payment, and whose it is. */
export interface BelievedPayment extends Believed {
  readonly merchantId: MerchantId;
}

const sumOf = (status: 'succeeded' | 'pending') =>
  sql<number>`(select coalesce(sum(r.amount_minor), 0) from refunds r
    where r.payment_id = ${payments.id} and r.status = ${status})`.mapWith(Number);

const read = (db: Executor) =>
  db
    .select({
      ...{ payment: payments, orderStatus: orders.status, merchantId: orders.merchantId },
      ...{ succeededMinor: sumOf('succeeded'), pendingMinor: sumOf('pending') },
    })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId));

type Row = Awaited<ReturnType<typeof read>>[number];

const toBelieved = ({ succeededMinor, pendingMinor, ...rest }: Row): BelievedPayment => ({
  ...rest,
  refunds: { succeededMinor, pendingMinor },
});

/** What the house believes of these payments of a gateway, by their ids. */
export async function readBelieved(
  db: Executor,
  gateway: string,
  ids: readonly PaymentId[],
): Promise<ReadonlyMap<PaymentId, BelievedPayment>> {
  const rows = await read(db).where(and(inArray(payments.id, [...ids]), eq(payments.gateway, gateway)));
  return new Map(rows.map((row) => [row.payment.id, toBelieved(row)]));
}

/** Payments that count as charged, and that no look into the gateway's list has confirmed since before that instant. */
export async function listUnconfirmed(
  { orm }: Database,
  gateway: string,
  before: number,
): Promise<BelievedPayment[]> {
  const rows = await read(orm)
    .where(
      and(
        // As literals, so that the partial index is found.
        sql`${payments.status} in ('succeeded', 'refunded')`,
        isNull(payments.reconciledAt),
        lt(payments.updatedAt, before),
        eq(payments.gateway, gateway),
      ),
    )
    .orderBy(payments.updatedAt)
    .limit(20);
  return rows.map(toBelieved);
}

/** Notes that these payments were looked at. */
export async function noteConfirmed(
  { orm }: Database,
  ids: readonly PaymentId[],
  now: number,
): Promise<void> {
  if (ids.length === 0) return;
  await orm
    .update(payments)
    .set({ reconciledAt: now })
    .where(and(inArray(payments.id, [...ids]), isNull(payments.reconciledAt)));
}
