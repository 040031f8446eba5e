import { createHash } from 'node:crypto';
import type { Address, Hold } from '@souk/protocol/http/buying';
import type { HoldId, MerchantId, OrderId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Logger } from '@souk/runtime/logger';
import type { CrashSeam } from '../crash-seam.ts';
import { isUniqueViolation } from '../db/database.ts';
import type { Caller } from '../http/caller.ts';
import type { Availability } from '../inventory/availability.ts';
import type { HoldStore } from '../inventory/hold-store.ts';
import { type PoolSync, poolsOf } from '../inventory/pool-sync.ts';
import type { ResolveClaims } from '../inventory/resolve-claims.ts';
import { findOrderByKey } from '../orders/order-repository.ts';
import type { PreparePayment } from '../payments/prepare-payment.ts';
import { getHoldsMerchant, holdProblem } from './hold-problems.ts';
import { type Attempt, type WriteOrderDeps, writeOrder } from './write-order.ts';

export interface OrderWish {
  readonly holdIds: readonly HoldId[];
  readonly address: Address;
  readonly email?: string | undefined;
}

export interface PlaceOrderDeps extends WriteOrderDeps {
  readonly holds: HoldStore;
  readonly availability: Availability;
  readonly preparePayment: PreparePayment;
  readonly resolveClaims: ResolveClaims;
  readonly crash: CrashSeam;
  readonly logger: Logger;
}

/** Gives back the order; the same key gives the same order. */
export type PlaceOrder = (caller: Caller, key: string, wish: OrderWish) => Promise<OrderId>;

/**
 * Turns holds into an order. The holds are set aside in Redis, the units claimed in PostgreSQL, the payment prepared
 * last; whatever dies in between, the same key finishes it. Throws AppError HOLD_LOST, HOLD_EXPIRED, MIXED_CART,
 * INVALID_TRANSITION (a hold went into another order), PAYMENT_IN_PROGRESS (it is going into one at this moment),
 * GUESTS_NOT_ALLOWED, IDEMPOTENCY_KEY_REUSED, PAYMENT_UNAVAILABLE.
 */
export function createPlaceOrder(deps: PlaceOrderDeps): PlaceOrder {
  return async (caller, key, wish) => {
    const attempt = {
      caller,
      key,
      wish: { ...wish, holdIds: [...new Set(wish.holdIds)] },
      requestHash: hashOf(wish),
    };
    const orderId = await placeOnce(deps, attempt).catch(async (error: unknown) => {
      // Whatever went wrong now: when the order stands already, this is a repeat.
      const earlier = await findEarlier(deps, attempt);
      if (earlier === undefined) throw error;
      return earlier;
    });
    await deps.preparePayment(orderId);
    return orderId;
  };
}

function hashOf({ holdIds, address, email }: OrderWish): string {
  const { name, line1, line2, city, postalCode, country } = address;
  const parts = [[...holdIds].sort(), name, line1, line2, city, postalCode, country, email ?? null];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

async function findEarlier(
  { db }: PlaceOrderDeps,
  { caller, key, requestHash }: Attempt,
): Promise<OrderId | undefined> {
  const order = await findOrderByKey(db.orm, caller.userId, key);
  if (order === undefined) return undefined;
  if (order.requestHash !== requestHash) throw new AppError('IDEMPOTENCY_KEY_REUSED');
  return order.id;
}

async function placeOnce(deps: PlaceOrderDeps, attempt: Attempt): Promise<OrderId> {
  const { caller, key, wish } = attempt;
  const merchantId = await getHoldsMerchant(deps.holds, caller.userId, wish.holdIds);
  const begun = await deps.holds.beginClaim({
    merchantId,
    buyerId: caller.userId,
    holdIds: wish.holdIds,
    attempt: `${key}:${attempt.requestHash}`,
  });
  deps.availability.changed(merchantId, begun.left);
  if (begun.code !== 'OK') throw holdProblem(begun.code);
  try {
    const { orderId, sync } = await writeOrder(deps, attempt, begun.holds);
    deps.crash.reach('after-claim');
    await finish(deps, merchantId, wish.holdIds, sync);
    return orderId;
  } catch (error) {
    await undoClaim(deps, merchantId, begun.holds, error);
    throw isUniqueViolation(error) ? new AppError('INVALID_TRANSITION', { cause: error }) : error;
  }
}

/** When Redis does not hear of it, the sweeper finds out from PostgreSQL how the claim went. */
async function finish(
  { availability, logger }: PlaceOrderDeps,
  merchantId: MerchantId,
  holdIds: readonly HoldId[],
  sync: PoolSync,
): Promise<void> {
  await availability
    .finishClaim(merchantId, holdIds, 'claimed', sync)
    .catch((err: unknown) => logger.warn({ event: 'claim-not-finished', merchantId, err }));
}

/** Units that are not there end the hold; after any other fault it goes on, unless an order has it already. */
async function undoClaim(
  { resolveClaims, availability, logger }: PlaceOrderDeps,
  merchantId: MerchantId,
  holds: readonly Hold[],
  error: unknown,
): Promise<void> {
  const isLost = error instanceof AppError && error.code === 'HOLD_LOST';
  const ids = holds.map(({ id }) => id);
  try {
    await resolveClaims(merchantId, ids, isLost ? 'released' : 'active');
    if (isLost) await availability.refresh(merchantId, poolsOf(holds.flatMap(({ lines }) => lines)));
  } catch (err) {
    logger.warn({ event: 'claim-not-undone', merchantId, err });
  }
}
