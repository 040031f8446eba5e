import type { Hold } from '@souk/protocol/http/buying';
import { createId, type OrderId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { Database } from '../db/database.ts';
import type { Caller } from '../http/caller.ts';
import type { PoolSync } from '../inventory/pool-sync.ts';
import type { ShopFacts } from '../inventory/shop-facts.ts';
import { claimOrder } from './claim-order.ts';
import type { OrderClaim } from './claim-statement.ts';
import type { OrderWish } from './place-order.ts';
import type { StoredQuote } from './quote-repository.ts';

export interface WriteOrderDeps {
  readonly db: Database;
  readonly facts: ShopFacts;
  readonly gatewayName: string;
  readonly payWindowMs: number;
  readonly clock: Clock;
}

/** One try of a buyer to order. */
export interface Attempt {
  readonly caller: Caller;
  readonly key: string;
  readonly wish: OrderWish;
  readonly requestHash: string;
}

/**
 * Claims the units of the holds and writes the order, all in one statement. Gives back the counts after it, for Redis.
 * Throws AppError GUESTS_NOT_ALLOWED, BANNED, HOLD_LOST, COUPON_NOT_VALID, COUPON_USED_UP, COUPON_LIMIT_REACHED; a unique
 * violation means that a hold or the key was used before.
 */
export async function writeOrder(
  deps: WriteOrderDeps,
  { caller, key, wish, requestHash }: Attempt,
  { quote, couponId }: StoredQuote,
  holds: readonly Hold[],
): Promise<{ orderId: OrderId; sync: PoolSync }> {
  const [first] = holds;
  if (first === undefined) throw new AppError('HOLD_LOST');
  const show = await deps.facts.getShow(first.showId);
  if (caller.isGuest && !show.guestsMayBuy) throw new AppError('GUESTS_NOT_ALLOWED');
  await deps.facts.assertNotBanned(first.showId, caller.userId);
  const now = deps.clock.now();
  const orderId = createId('order');
  const claim: OrderClaim = {
    orderId,
    buyer: caller,
    email: wish.email,
    holds,
    quote,
    couponId,
    address: wish.address,
    gateway: deps.gatewayName,
    idempotencyKey: key,
    requestHash,
    payBefore: now + deps.payWindowMs,
    now,
  };
  return { orderId, sync: await claimOrder(deps.db, claim) };
}
