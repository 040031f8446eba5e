import { createId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../db/database.ts';
import { orders } from '../db/schema/orders.ts';
import { sales } from '../db/schema/trade.ts';
import { testAddress } from '../testing/test-address.ts';
import { place, startTestTrade, type TestTrade, take, withKey } from '../testing/test-trade.ts';
import { claimOrder, type OrderClaim } from './claim-order.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(() => house.stop());

describe('order:place', () => {
  it('gives the same order under the same key, however often it is pressed at once', async () => {
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const hold = await take(buyer, showId, { variantId, quantity: 2 });
    const before = await house.stockOf(variantId);
    const key = createId('command');
    const pressed = await Promise.allSettled(Array.from({ length: 10 }, () => place(buyer, [hold], key)));
    const ids = pressed.map((outcome) =>
      outcome.status === 'fulfilled' ? outcome.value.id : String(outcome.reason),
    );
    expect(new Set(ids).size).toBe(1);
    expect(await place(buyer, [hold], key)).toMatchObject({ id: ids[0] });
    expect(await house.stockOf(variantId)).toMatchObject({ reserved: before.reserved + 2 });
    const other = { holdIds: [hold.id], address: { ...testAddress, city: 'Hamburg' } };
    expect(await buyer.send('order:place', { body: other }, withKey(key))).toMatchObject({
      error: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  it('makes one order of a hold, also under ten keys at once', async () => {
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const hold = await take(buyer, showId, { variantId });
    const body = { holdIds: [hold.id], address: testAddress };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => buyer.send('order:place', { body }, withKey())),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const codes = answers.flatMap((answer) => (answer.ok ? [] : [answer.error.code]));
    expect(codes.every((code) => code === 'PAYMENT_IN_PROGRESS' || code === 'INVALID_TRANSITION')).toBe(true);
  });

  it('refuses a hold of somebody else, and asks for a key', async () => {
    const { showId, variantId } = await house.goLive();
    const [owner, thief] = [await house.guest(), await house.guest()];
    const hold = await take(owner, showId, { variantId });
    const body = { holdIds: [hold.id], address: testAddress };
    expect(await thief.send('order:place', { body }, withKey())).toMatchObject({
      error: { code: 'HOLD_LOST' },
    });
    expect(await owner.send('order:place', { body })).toMatchObject({
      error: { code: 'IDEMPOTENCY_KEY_REQUIRED' },
    });
    const totals = await owner.get('checkout:totals', { body: { holdIds: [hold.id], country: 'FR' } });
    expect(totals).toMatchObject({ itemsMinor: 3_900, shippingMinor: 990, totalMinor: 4_890, taxMinor: 815 });
  });

  it('leaves the order to be finished under the same key when the payment service fails', async () => {
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const hold = await take(buyer, showId, { variantId });
    const key = createId('command');
    const body = { holdIds: [hold.id], address: testAddress };
    house.sandboxFaults.add('create');
    expect(await buyer.send('order:place', { body }, withKey(key))).toMatchObject({
      error: { code: 'PAYMENT_UNAVAILABLE' },
    });
    house.sandboxFaults.clear();
    const order = await place(buyer, [hold], key);
    expect(order).toMatchObject({ status: 'pending_payment', payment: { status: 'requires_confirmation' } });
    expect(order.payment.handle).not.toBeNull();
  });
});

describe('the claim', () => {
  it('cannot sell more than there is, without any help of Redis', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 5 });
    const { db } = house.commerce.foundation;
    const currency = currencySchema.parse('EUR');
    const [sale] = await db.orm.select().from(sales).where(eq(sales.id, saleId));
    const claimOf = (buyer: string): OrderClaim => {
      const holdId = createId('hold');
      const line = {
        variantId,
        productId: sale?.productId ?? createId('product'),
        title: 'Lamp',
        variantLabel: '',
        pictureUrl: '/x.svg',
        saleId,
        quantity: 1,
        unitPriceMinor: 1_900,
      };
      const hold = {
        id: holdId,
        merchantId: house.shop.merchantId,
        showId,
        currency,
        status: 'active',
        expiresAt: 0,
      } as const;
      return {
        orderId: createId('order'),
        buyer: { userId: buyer as OrderClaim['buyer']['userId'], name: 'Buyer' },
        email: undefined,
        holds: [{ ...hold, lines: [line] }],
        holdIds: [holdId],
        totals: { itemsMinor: 1_900, shippingMinor: 0, taxMinor: 0, totalMinor: 1_900, currency },
        address: testAddress,
        gateway: 'sandbox',
        idempotencyKey: createId('command'),
        requestHash: 'hash',
        payBefore: Date.now() + 600_000,
        now: Date.now(),
      };
    };
    const greedy = createId('guest');
    const buyers = [
      ...Array.from({ length: 30 }, () => createId('guest')),
      ...Array.from({ length: 10 }, () => greedy),
    ];
    const outcomes = await Promise.allSettled(
      buyers.map((buyer) => inTransaction(db, (tx) => claimOrder(tx, claimOf(buyer)))),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    const [after] = await db.orm.select().from(sales).where(eq(sales.id, saleId));
    expect(after).toMatchObject({ claimed: 5, returned: 0 });
    const [ofGreedy] = await db.orm
      .select({ orders: count() })
      .from(orders)
      .where(eq(orders.buyerId, greedy));
    expect(ofGreedy?.orders).toBeLessThanOrEqual(1);
    expect(await house.stockOf(variantId)).toMatchObject({ allocated: 0 });
  });
});
