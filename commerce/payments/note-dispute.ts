import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { disputes } from '../db/schema/disputes.ts';
import { payments } from '../db/schema/orders.ts';
import type { GatewayName, PaymentEvent } from './payment-gateway.ts';

export type DisputeEvent = Extract<PaymentEvent, { kind: 'disputed' }>;

export interface NoteDisputeDeps {
  readonly gateway: { readonly name: GatewayName };
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Notes what the gateway says of a dispute; what it said earlier never undoes what it said later. */
export async function noteDispute(
  { gateway, clock, logger }: NoteDisputeDeps,
  tx: Tx,
  { gatewayRef, dispute }: DisputeEvent,
): Promise<void> {
  const [payment] = await tx
    .select({ id: payments.id, orderId: payments.orderId })
    .from(payments)
    .where(and(eq(payments.gateway, gateway.name), eq(payments.gatewayRef, gatewayRef)));
  if (payment === undefined) {
    // Another system may take payments with the same account.
    logger.warn({ event: 'dispute-of-unknown-payment', gatewayRef });
    return;
  }
  const { disputeId, ...facts } = dispute;
  const now = clock.now();
  const change = { ...facts, updatedAt: now };
  await tx
    .insert(disputes)
    .values({
      ...change,
      id: `${gateway.name}:${disputeId}`,
      paymentId: payment.id,
      orderId: payment.orderId,
      createdAt: now,
    })
    .onConflictDoUpdate({
      target: disputes.id,
      set: change,
      // The gateway counts in seconds: of two in the same second, the decision is the later one.
      setWhere: sql`${disputes.toldAt} < excluded.told_at
        or (${disputes.toldAt} = excluded.told_at and ${disputes.status} = 'open')`,
    });
  logger.info({ event: 'dispute', status: facts.status, orderId: payment.orderId });
}
