import type { Hold, OrderLine } from '@souk/protocol/http/buying';
import type { Quote } from '@souk/protocol/http/checkout';
import { createId, type HoldId, type MerchantId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { Database } from '../db/database.ts';
import type { Caller } from '../http/caller.ts';
import type { HoldStore } from '../inventory/hold-store.ts';
import { SHOP_COUNTRY } from '../pricing/country-rates.ts';
import type { PriceCart } from '../pricing/price-cart.ts';
import { assertAffordable, getWantedCoupon, type WantedCoupon } from './find-coupon.ts';
import { saveQuote } from './quote-repository.ts';

export interface QuoteWish {
  readonly holdIds: readonly HoldId[];
  readonly country?: string | undefined;
  readonly couponCode?: string | undefined;
}

export interface CreateQuoteDeps {
  readonly db: Database;
  readonly holds: Pick<HoldStore, 'listActive'>;
  readonly priceCart: PriceCart;
  /** Throws AppError PAYOUTS_NOT_READY. */
  readonly assertPayable: (merchantId: MerchantId) => Promise<void>;
  readonly clock: Clock;
}

export type CreateQuote = (caller: Caller, wish: QuoteWish) => Promise<{ quote: Quote; serverTime: number }>;

const QUOTE_MS = limits.quoteSeconds * 1_000;

/**
 * Prices held lines and keeps the quote. Throws AppError HOLD_EXPIRED when one of the holds is over or not the
 * caller's, MIXED_CART, PAYOUTS_NOT_READY, and what is wrong with the coupon: COUPON_NOT_FOUND, COUPON_NOT_VALID, COUPON_USED_UP,
 * COUPON_LIMIT_REACHED, COUPON_NOT_APPLICABLE.
 */
export function createCreateQuote(deps: CreateQuoteDeps): CreateQuote {
  const { db, clock } = deps;
  return async (caller, { holdIds, country = SHOP_COUNTRY, couponCode }) => {
    const now = clock.now();
    const held = await getHeld(deps, caller, holdIds);
    const { merchantId, currency, lines } = held;
    await deps.assertPayable(merchantId);
    const wish = { merchantId, buyerId: caller.userId, lines, currency, now };
    const wanted =
      couponCode === undefined ? undefined : await getWantedCoupon(db.orm, { ...wish, code: couponCode });
    const totals = await deps.priceCart({ lines, currency, country, discountOf: wanted?.discountOf });
    if (wanted !== undefined) assertAffordable(wanted, totals.discountMinor);
    const quote: Quote = {
      id: createId('quote'),
      merchantId,
      holdIds: held.holdIds,
      country,
      lines: lines.map(toOrderLine),
      coupon: describe(wanted, totals.discountMinor),
      totals,
      expiresAt: now + QUOTE_MS,
    };
    const couponId = wanted?.coupon.id ?? null;
    await saveQuote(db.orm, { quote, couponId }, { buyerId: caller.userId, now });
    return { quote, serverTime: now };
  };
}

interface Held extends Pick<Hold, 'merchantId' | 'currency' | 'lines'> {
  readonly holdIds: HoldId[];
}

async function getHeld(
  { holds }: CreateQuoteDeps,
  caller: Caller,
  wantedIds: readonly HoldId[],
): Promise<Held> {
  const active = (await holds.listActive(caller.userId)).holds;
  const holdIds = [...new Set(wantedIds)];
  const found = holdIds.flatMap((id) => active.find((hold) => hold.id === id) ?? []);
  const [first] = found;
  if (first === undefined || found.length < holdIds.length) throw new AppError('HOLD_EXPIRED');
  const { merchantId, currency } = first;
  if (found.some((hold) => hold.merchantId !== merchantId)) throw new AppError('MIXED_CART');
  return { merchantId, currency, lines: found.flatMap(({ lines }) => lines), holdIds };
}

function toOrderLine(line: Hold['lines'][number]): OrderLine {
  const { productId, variantId, title, variantLabel, pictureUrl, quantity, unitPriceMinor } = line;
  return { productId, variantId, title, variantLabel, pictureUrl, quantity, unitPriceMinor };
}

function describe(wanted: WantedCoupon | undefined, discountMinor: number): Quote['coupon'] {
  if (wanted === undefined) return null;
  const { code, title } = wanted.coupon;
  return { code, title, discountMinor };
}
