import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../db/database.ts';
import { receipts } from '../db/schema/checkout.ts';
import { disputes } from '../db/schema/disputes.ts';
import { orders, payments } from '../db/schema/orders.ts';
import {
  cards,
  orderAnew,
  pay,
  payUntil,
  startTestTrade,
  type TestTrade,
  untilOrder,
  withKey,
} from '../testing/test-trade.ts';
import { issueReceipt } from './receipts.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

const buy = async () => {
  const purchase = await orderAnew(house, 2);
  return { ...purchase, params: { orderId: purchase.order.id } };
};

describe('order:receipt', () => {
  it('is there once the order is paid, with one number for ever, and lists what was paid back', async () => {
    const { params, ...purchase } = await buy();
    const { buyer, order } = purchase;
    expect(await buyer.send('order:receipt', { params })).toMatchObject({
      error: { code: 'INVALID_TRANSITION' },
    });
    await payUntil(purchase, 'dispatched');
    const { receipt } = await buyer.get('order:receipt', { params });
    expect(receipt).toMatchObject({ merchantName: 'Test & Co', refunds: [], currency: 'EUR' });
    expect(receipt.order).toMatchObject({ id: order.id, totals: order.totals });
    const { db } = house.commerce.foundation;
    await inTransaction(db, (tx) => issueReceipt(tx, order.id, Date.now()));
    const merchantId = house.shop.merchantId;
    const refund = { params: { merchantId, orderId: order.id }, body: { amountMinor: 500, reason: 'late' } };
    await house.merchant.get('order:refund', refund, withKey());
    const { receipt: later } = await buyer.get('order:receipt', { params });
    expect(later.number).toBe(receipt.number);
    expect(later.refunds).toMatchObject([{ amountMinor: 500, reason: 'late' }]);
    const stranger = await house.guest();
    expect(await stranger.send('order:receipt', { params })).toMatchObject({
      error: { code: 'ORDER_NOT_FOUND' },
    });
  });

  it('has a number of its own for each order', async () => {
    const bought = [await buy(), await buy()];
    for (const { buyer, order } of bought) await pay(buyer, order, cards.pays);
    const numbers = await Promise.all(
      bought.map(async ({ buyer, order, params }) => {
        await untilOrder(buyer, order, 'dispatched');
        return (await buyer.get('order:receipt', { params })).receipt.number;
      }),
    );
    expect(new Set(numbers).size).toBe(2);
    const rows = await house.commerce.foundation.db.orm.select().from(receipts);
    expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length);
  });
});

describe('desk:orders', () => {
  it('is read page by page, newest first, with the disputes', async () => {
    const bought = [await buy(), await buy(), await buy()];
    const { orm } = house.commerce.foundation.db;
    const [disputed] = bought;
    if (disputed === undefined) throw new Error('nothing was bought');
    const [payment] = await orm.select().from(payments).where(eq(payments.orderId, disputed.order.id));
    if (payment === undefined) throw new Error('there is no payment');
    const now = Date.now();
    await orm.insert(disputes).values({
      ...{ id: 'sandbox:d1', paymentId: payment.id, orderId: disputed.order.id, status: 'open' },
      ...{ reason: 'fraudulent', amountMinor: 100, toldAt: now, createdAt: now, updatedAt: now },
    });
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < 100; pages += 1) {
      const query = cursor === undefined ? { limit: 2 } : { limit: 2, cursor };
      const page = await house.merchant.get('desk:orders', {
        params: { merchantId: house.shop.merchantId },
        query,
      });
      seen.push(...page.orders.map(({ id }) => id));
      const found = page.orders.find(({ id }) => id === disputed.order.id);
      if (found) expect(found.dispute).toMatchObject({ status: 'open', reason: 'fraudulent' });
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    const all = await orm.select({ id: orders.id }).from(orders).orderBy(sql`created_at desc, id desc`);
    expect(seen).toEqual(all.map(({ id }) => id));
    const wrong = { params: { merchantId: house.shop.merchantId }, query: { cursor: 'nonsense' } };
    expect(await house.merchant.send('desk:orders', wrong)).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    });
    await orm.delete(disputes);
  });
});
