import type { PaymentId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import { and, eq, isNotNull, lt, or, sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { orders, payments } from '../db/schema/orders.ts';
import type { GatewayName, PaymentGateway } from './payment-gateway.ts';

interface OpenPayment {
  readonly id: PaymentId;
  readonly gatewayRef: string;
}

/** Calls a payment off at the gateway. Idempotent. Throws AppError PAYMENT_UNAVAILABLE. */
export type VoidPayment = (payment: OpenPayment) => Promise<void>;

export function createVoidPayment(deps: {
  readonly db: Database;
  readonly gateway: PaymentGateway;
  readonly clock: Clock;
}): VoidPayment {
  const { db, gateway, clock } = deps;
  return async ({ id, gatewayRef }) => {
    // Its turn comes again after a pause: not every payment can be called off.
    await db.orm.update(payments).set({ updatedAt: clock.now() }).where(eq(payments.id, id));
    await gateway.cancelPayment(gatewayRef);
  };
}

/** Between two tries to call a payment off. */
const RETRY_MS = 25_000;

/**
 * Payments of this gateway that could still be charged though their order is over since before that instant, and that
 * nobody has tried to call off since, or not lately.
 */
export async function listOpenPaymentsOfOver(
  { orm }: Database,
  gateway: GatewayName,
  before: number,
): Promise<OpenPayment[]> {
  const rows = await orm
    .select({ id: payments.id, gatewayRef: payments.gatewayRef })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(
      and(
        // As literals, so that the partial index is found.
        sql`${payments.status} in ('requires_confirmation', 'processing')`,
        isNotNull(payments.gatewayRef),
        lt(orders.updatedAt, before),
        or(lt(payments.updatedAt, orders.updatedAt), lt(payments.updatedAt, before - RETRY_MS)),
        sql`${orders.status} in ('expired', 'cancelled')`,
        eq(payments.gateway, gateway),
      ),
    )
    .orderBy(payments.updatedAt)
    .limit(20);
  return rows.flatMap(({ id, gatewayRef }) => (gatewayRef === null ? [] : [{ id, gatewayRef }]));
}
