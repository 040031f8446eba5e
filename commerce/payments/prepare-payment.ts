import type { OrderId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { eq } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { payments } from '../db/schema/orders.ts';
import type { PaymentGateway } from './payment-gateway.ts';

/** Makes sure that the order's payment exists at the gateway. Idempotent. Throws AppError PAYMENT_UNAVAILABLE. */
export type PreparePayment = (orderId: OrderId) => Promise<void>;

export function createPreparePayment(deps: {
  readonly db: Database;
  readonly gateway: PaymentGateway;
  readonly clock: Clock;
}): PreparePayment {
  const { db, gateway, clock } = deps;
  return async (orderId) => {
    const [payment] = await db.orm.select().from(payments).where(eq(payments.orderId, orderId));
    if (payment === undefined) throw new AppError('ORDER_NOT_FOUND');
    if (payment.gatewayRef !== null || payment.status !== 'requires_confirmation') return;
    const { id: paymentId, amountMinor, currency } = payment;
    const { gatewayRef, clientSecret } = await gateway.createPayment({
      paymentId,
      orderId,
      amount: { amountMinor, currency },
    });
    const change = { gatewayRef, clientSecret, updatedAt: clock.now() };
    await db.orm.update(payments).set(change).where(eq(payments.id, paymentId));
  };
}
