import { createHash } from 'node:crypto';
import type { Address, Hold } from '@souk/protocol/http/buying';
import type { HoldId, MerchantId, OrderId, QuoteId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Logger } from '@souk/runtime/logger';
import type { CrashSeam } from '../crash-seam.ts';
import { isUniqueViolation } from '../db/database.ts';
import type { Caller } from '../http/caller.ts';
import type { Availability } from '../inventory/availability.ts';
import type { HoldStore } from '../inventory/hold-store.ts';
import { type PoolSync, poolsOf } from '../inventory/pool-sync.ts';
import type { ResolveClaims } from '../inventory/resolve-claims.ts';
import type { PreparePayment } from '../payments/prepare-payment.ts';
import { holdProblem } from './hold-problems.ts';
import { readStanding, type Standing, type StoredQuote } from './quote-repository.ts';
import { type Attempt, type WriteOrderDeps, writeOrder } from './write-order.ts';

export interface OrderWish {
  readonly quoteId: QuoteId;
  readonly address: Address;
  readonly email?: string | undefined;
}

export interface PlaceOrderDeps extends WriteOrderDeps {
  readonly holds: HoldStore;
  readonly availability: Availability;
  readonly preparePayment: PreparePayment;
  /** Throws AppError PAYOUTS_NOT_READY. */
  readonly assertPayable: (merchantId: MerchantId) => Promise<void>;
  readonly resolveClaims: ResolveClaims;
  readonly crash: CrashSeam;
  readonly logger: Logger;
}

/** Gives back the order; the same key gives the same order. */
export type PlaceOrder = (caller: Caller, key: string, wish: OrderWish) => Promise<OrderId>;

/**
 * Turns a quote into an order, at the quote's totals. The holds are set aside in Redis, the units claimed in
 * PostgreSQL, the payment prepared last; whatever dies in between, the same key finishes it, also when the quote has
 * expired. Throws AppError QUOTE_NOT_FOUND, QUOTE_EXPIRED, QUOTE_MISMATCH, HOLD_LOST, HOLD_EXPIRED, INVALID_TRANSITION
 * (a hold went into another order), PAYMENT_IN_PROGRESS (it is going into one at this moment), GUESTS_NOT_ALLOWED,
 * IDEMPOTENCY_KEY_REUSED, PAYOUTS_NOT_READY, PAYMENT_UNAVAILABLE.
 */
export function createPlaceOrder(deps: PlaceOrderDeps): PlaceOrder {
  return async (caller, key, wish) => {
    const attempt = { caller, key, wish, requestHash: hashOf(wish) };
    const standing = await readNow(deps, attempt);
    const earlier = earlierOf(standing, attempt);
    if (earlier !== undefined) await finishEarlier(deps, standing);
    const orderId = earlier ?? (await placeOnce(deps, attempt, standing));
    await deps.preparePayment(orderId);
    return orderId;
  };
}

function hashOf({ quoteId, address, email }: OrderWish): string {
  const { name, line1, line2, city, postalCode, country } = address;
  const parts = [quoteId, name, line1, line2, city, postalCode, country, email ?? null];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function readNow({ db }: PlaceOrderDeps, { caller, key, wish }: Attempt): Promise<Standing> {
  return readStanding(db.orm, { buyerId: caller.userId, quoteId: wish.quoteId, key });
}

/** The order that stands under the key already. Throws AppError IDEMPOTENCY_KEY_REUSED. */
function earlierOf({ earlier }: Standing, { requestHash }: Attempt): OrderId | undefined {
  if (earlier === undefined) return undefined;
  if (earlier.requestHash !== requestHash) throw new AppError('IDEMPOTENCY_KEY_REUSED');
  return earlier.id;
}

/** Whoever wrote the order may have died before telling Redis: the units would be held twice until the sweeper looks. */
async function finishEarlier({ resolveClaims, logger }: PlaceOrderDeps, { stored }: Standing): Promise<void> {
  if (stored === undefined) return;
  const { merchantId, holdIds } = stored.quote;
  await resolveClaims(merchantId, holdIds, 'active').catch((err: unknown) =>
    logger.warn({ event: 'claim-not-finished', merchantId, err }),
  );
}

async function placeOnce(deps: PlaceOrderDeps, attempt: Attempt, standing: Standing): Promise<OrderId> {
  try {
    const stored = getValidQuote(deps, attempt, standing);
    await deps.assertPayable(stored.quote.merchantId);
    return await claimHolds(deps, attempt, stored);
  } catch (error) {
    // Whatever went wrong now: when the order stands meanwhile, this is a repeat.
    const orderId = earlierOf(await readNow(deps, attempt), attempt);
    if (orderId === undefined) throw error;
    return orderId;
  }
}

function getValidQuote({ clock }: PlaceOrderDeps, { wish }: Attempt, { stored }: Standing): StoredQuote {
  if (stored === undefined) throw new AppError('QUOTE_NOT_FOUND');
  if (stored.quote.expiresAt <= clock.now()) throw new AppError('QUOTE_EXPIRED');
  if (stored.quote.country !== wish.address.country) throw new AppError('QUOTE_MISMATCH');
  return stored;
}

async function claimHolds(deps: PlaceOrderDeps, attempt: Attempt, stored: StoredQuote): Promise<OrderId> {
  const { caller, key, requestHash } = attempt;
  const { merchantId, holdIds } = stored.quote;
  const begun = await deps.holds.beginClaim({
    ...{ merchantId, buyerId: caller.userId, holdIds },
    attempt: `${key}:${requestHash}`,
  });
  deps.availability.changed(merchantId, begun.left);
  if (begun.code !== 'OK') throw holdProblem(begun.code);
  try {
    const { orderId, sync } = await writeOrder(deps, attempt, stored, begun.holds);
    deps.crash.reach('after-claim');
    await finish(deps, merchantId, holdIds, sync);
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
