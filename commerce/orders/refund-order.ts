import { createHash } from 'node:crypto';
import type { MerchantId, OrderId, RefundId, UserId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { and, eq } from 'drizzle-orm';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import { refunds } from '../db/schema/orders.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { decideRefund, refundableMinor } from '../payments/decide-refund.ts';
import type { SendRefund } from '../payments/send-refund.ts';
import type { FollowUp } from './aftermath.ts';
import { giveUnitsBack } from './give-units-back.ts';
import { changeOrder, type LockedOrder, lockOrder } from './order-repository.ts';

export interface RefundRequest {
  readonly merchantId: MerchantId;
  readonly orderId: OrderId;
  /** Left out: all that is left. */
  readonly amountMinor?: number | undefined;
  readonly reason: string;
  readonly restock: boolean;
  readonly actorId: UserId;
  readonly idempotencyKey: string;
}

export interface RefundOrderDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly followUp: FollowUp;
  readonly sendRefund: SendRefund;
  readonly clock: Clock;
}

export type RefundOrder = (request: RefundRequest) => Promise<RefundId>;

/**
 * Pays an order back, whole or in part. Before dispatch a full refund also frees the units; after it `restock` puts them
 * back on the shelf. Throws AppError ORDER_NOT_FOUND, REFUND_EXCEEDS_PAYMENT, INVALID_TRANSITION (not paid; part of an
 * order restocked before dispatch), IDEMPOTENCY_KEY_REUSED, PAYMENT_UNAVAILABLE (decided, and tried again by itself).
 */
export function createRefundOrder(deps: RefundOrderDeps): RefundOrder {
  return async (request) => {
    const { refundId, moved } = await inTransaction(deps.db, (tx) => writeRefund(deps, tx, request));
    if (moved !== undefined) await deps.followUp([{ kind: 'units-moved', order: moved }]);
    await deps.sendRefund(refundId);
    return refundId;
  };
}

interface WrittenRefund {
  readonly refundId: RefundId;
  readonly moved?: LockedOrder;
}

async function writeRefund(deps: RefundOrderDeps, tx: Tx, request: RefundRequest): Promise<WrittenRefund> {
  const locked = await lockOrder(tx, request.orderId);
  if (locked.order.merchantId !== request.merchantId) throw new AppError('ORDER_NOT_FOUND');
  const requestHash = hashOf(request);
  const [earlier] = await tx
    .select()
    .from(refunds)
    .where(and(eq(refunds.orderId, request.orderId), eq(refunds.idempotencyKey, request.idempotencyKey)));
  if (earlier !== undefined) {
    if (earlier.requestHash !== requestHash) throw new AppError('IDEMPOTENCY_KEY_REUSED');
    return { refundId: earlier.id };
  }
  const amountMinor = request.amountMinor ?? refundableMinor(locked);
  assertRefundable(locked, amountMinor);
  const now = deps.clock.now();
  const { reason, restock, actorId, idempotencyKey } = request;
  const isFull = amountMinor === refundableMinor(locked);
  const refundId = await decideRefund(
    tx,
    locked,
    { amountMinor, reason, restock, actorId, idempotencyKey, requestHash },
    now,
  );
  const moved = await moveUnits(deps, tx, locked, request, { isFull, now });
  return moved ? { refundId, moved: locked } : { refundId };
}

function hashOf({ amountMinor, reason, restock }: RefundRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([amountMinor ?? null, reason, restock]))
    .digest('hex');
}

function assertRefundable(locked: LockedOrder, amountMinor: number): void {
  const { status } = locked.payment;
  if (status !== 'succeeded' && status !== 'refunded') throw new AppError('INVALID_TRANSITION');
  if (amountMinor === 0) throw new AppError('REFUND_EXCEEDS_PAYMENT');
}

/** True when units have moved. */
async function moveUnits(
  { outbox }: RefundOrderDeps,
  tx: Tx,
  locked: LockedOrder,
  { restock, actorId }: RefundRequest,
  { isFull, now }: { isFull: boolean; now: number },
): Promise<boolean> {
  const from = locked.order.status;
  const isHere = from === 'paid' || from === 'allocated';
  if (restock && isHere && !isFull)
    throw new AppError('INVALID_TRANSITION', { detail: 'part of an order that will be dispatched' });
  if (isFull && from !== 'cancelled' && from !== 'expired')
    await changeOrder({ outbox, now }, tx, locked.order, 'refunded');
  if (!restock && !(isHere && isFull)) return false;
  await giveUnitsBack(tx, locked, { from, now, actorId, reason: 'refunded' });
  return true;
}
