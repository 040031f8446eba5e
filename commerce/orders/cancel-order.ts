import type { OrderId, UserId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { decideFullRefund } from '../payments/decide-refund.ts';
import type { Consequence, FollowUp } from './aftermath.ts';
import { giveUnitsBack } from './give-units-back.ts';
import { changeOrder, lockOrder } from './order-repository.ts';

export interface CancelDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly followUp: FollowUp;
  readonly clock: Clock;
}

export type CancelOrder = (buyerId: UserId, orderId: OrderId) => Promise<void>;

/**
 * Cancels an own order before it is dispatched: units go back, and what was paid is paid back.
 * Throws AppError ORDER_NOT_FOUND, INVALID_TRANSITION.
 */
export function createCancelOrder(deps: CancelDeps): CancelOrder {
  return async (buyerId, orderId) => {
    await deps.followUp(await inTransaction(deps.db, (tx) => writeCancel(deps, tx, buyerId, orderId)));
  };
}

async function writeCancel(
  { outbox, clock }: CancelDeps,
  tx: Tx,
  buyerId: UserId,
  orderId: OrderId,
): Promise<Consequence[]> {
  const locked = await lockOrder(tx, orderId);
  if (locked.order.buyerId !== buyerId) throw new AppError('ORDER_NOT_FOUND');
  const now = clock.now();
  const from = locked.order.status;
  await changeOrder({ outbox, now }, tx, locked.order, 'cancelled');
  await giveUnitsBack(tx, locked, { from, now, actorId: buyerId, reason: 'cancelled by the buyer' });
  const refundId = await decideFullRefund(tx, locked, { reason: 'cancelled', now });
  return [
    { kind: 'units-moved', order: locked },
    refundId === undefined ? { kind: 'payment-void', order: locked } : { kind: 'refund-decided', refundId },
  ];
}
