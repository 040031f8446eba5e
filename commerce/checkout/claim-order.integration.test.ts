import { createId, type SaleId, type ShowId, type UserId, type VariantId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { AppError } from '@souk/runtime/app-error';
import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orders } from '../db/schema/orders.ts';
import { sales } from '../db/schema/sales.ts';
import { testAddress } from '../testing/test-address.ts';
import { startTestTrade, type TestTrade } from '../testing/test-trade.ts';
import { claimOrder } from './claim-order.ts';
import type { OrderClaim } from './claim-statement.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(() => house.stop());

interface ClaimLine {
  readonly variantId: VariantId;
  readonly saleId: SaleId | null;
}

const currency = currencySchema.parse('EUR');

/** A claim of one unit per line, as if Redis had given a hold for it. */
const claimOf = (
  showId: ShowId,
  lines: readonly ClaimLine[],
  userId: UserId = createId('guest'),
): OrderClaim => {
  const texts = { title: 'Lamp', variantLabel: '', pictureUrl: '/lamp.svg' };
  const hold = {
    id: createId('hold'),
    merchantId: house.shop.merchantId,
    showId,
    currency,
    status: 'active',
    expiresAt: 0,
    lines: lines.map((line) => ({
      ...{ ...line, ...texts, productId: createId('product') },
      ...{ quantity: 1, unitPriceMinor: 1_900 },
    })),
  } as const;
  const itemsMinor = 1_900 * lines.length;
  const none = { discountMinor: 0, shippingMinor: 0, dutiesMinor: 0, taxMinor: 0 };
  const totals = { ...none, itemsMinor, totalMinor: itemsMinor, currency };
  return {
    orderId: createId('order'),
    buyer: { userId, name: 'Buyer' },
    email: undefined,
    holds: [hold],
    quote: { id: createId('quote'), coupon: null, totals },
    couponId: null,
    address: testAddress,
    gateway: 'sandbox',
    idempotencyKey: createId('command'),
    requestHash: 'hash',
    payBefore: Date.now() + 600_000,
    now: Date.now(),
  };
};

/** Claims all at once; gives back the codes. */
const claimAll = async (claims: readonly OrderClaim[]): Promise<string[]> => {
  const { db } = house.commerce.foundation;
  const outcomes = await Promise.allSettled(claims.map((claim) => claimOrder(db, claim)));
  return outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'OK' : codeOf(outcome.reason)));
};

const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : String(error));
const tally = (codes: readonly string[]) => ({
  claimed: codes.filter((code) => code === 'OK').length,
  lost: codes.filter((code) => code === 'HOLD_LOST').length,
});

describe('the claim', () => {
  it('cannot sell more than there is, nor more to one buyer than the limit, without any help of Redis', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 5 });
    const greedy = createId('guest');
    const claims = Array.from({ length: 40 }, (_, turn) =>
      claimOf(showId, [{ variantId, saleId }], turn % 4 === 0 ? greedy : createId('guest')),
    );
    expect(tally(await claimAll(claims))).toEqual({ claimed: 5, lost: 35 });
    const { orm } = house.commerce.foundation.db;
    const [sale] = await orm.select().from(sales).where(eq(sales.id, saleId));
    expect(sale).toMatchObject({ claimed: 5, returned: 0 });
    const [ofGreedy] = await orm.select({ orders: count() }).from(orders).where(eq(orders.buyerId, greedy));
    expect(ofGreedy?.orders).toBeLessThanOrEqual(1);
    expect(await house.stockOf(variantId)).toMatchObject({ allocated: 0 });
  });

  it('never runs into a deadlock, in whatever order the carts name their variants', async () => {
    const { showId, variantId, otherVariantId } = await house.goLive();
    const there = [variantId, otherVariantId].map((id) => ({ variantId: id, saleId: null }));
    const claims = Array.from({ length: 40 }, (_, turn) =>
      claimOf(showId, turn % 2 ? there : there.toReversed()),
    );
    expect(tally(await claimAll(claims))).toEqual({ claimed: 20, lost: 20 });
    expect(await house.stockOf(variantId)).toMatchObject({ reserved: 20, available: 0 });
    expect(await house.stockOf(otherVariantId)).toMatchObject({ reserved: 20, available: 0 });
  });
});
