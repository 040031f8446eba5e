import type { Order } from '@souk/protocol/http/buying';
import { createId } from '@souk/protocol/ids';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { payments } from '../db/schema/orders.ts';
import type { TestClient } from '../testing/test-client.ts';
import {
  cards,
  pay,
  place,
  startTestTrade,
  type TestTrade,
  take,
  untilOrder,
  withKey,
} from '../testing/test-trade.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade({ PAY_SECONDS: '6' });
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

const buy = async (): Promise<{
  buyer: TestClient;
  order: Order;
  variantId: Order['lines'][number]['variantId'];
}> => {
  const { showId, variantId } = await house.goLive();
  const buyer = await house.guest();
  const order = await place(buyer, [await take(buyer, showId, { variantId, quantity: 2 })]);
  return { buyer, order, variantId };
};

const refund = (order: Order, body: { amountMinor?: number; restock?: boolean }, key?: string) =>
  house.merchant.send(
    'order:refund',
    { params: { merchantId: house.shop.merchantId, orderId: order.id }, body },
    withKey(key),
  );

describe('order:refund', () => {
  it('pays back in part and whole, once per key, and puts the units back on the shelf', async () => {
    const { buyer, order, variantId } = await buy();
    expect(await refund(order, {})).toMatchObject({ error: { code: 'INVALID_TRANSITION' } });
    await pay(buyer, order, cards.pays);
    await untilOrder(buyer, order, 'dispatched');
    expect(await house.stockOf(variantId)).toMatchObject({ onHand: 18, reserved: 0 });
    const key = createId('command');
    const first = await refund(order, { amountMinor: 1_000 }, key);
    expect(first).toMatchObject({
      ok: true,
      data: { order: { status: 'dispatched', payment: { refundedMinor: 1_000 } } },
    });
    expect(await refund(order, { amountMinor: 1_000 }, key)).toEqual(first);
    expect(await refund(order, { amountMinor: 999 }, key)).toMatchObject({
      error: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    const tooMuch = { amountMinor: order.totals.totalMinor - 999 };
    expect(await refund(order, tooMuch)).toMatchObject({ error: { code: 'REFUND_EXCEEDS_PAYMENT' } });
    expect(await refund(order, { restock: true })).toMatchObject({
      data: {
        order: {
          status: 'refunded',
          payment: { status: 'refunded', refundedMinor: order.totals.totalMinor },
        },
      },
    });
    expect(await house.stockOf(variantId)).toMatchObject({ onHand: 20, reserved: 0 });
    expect(await refund(order, {})).toMatchObject({ error: { code: 'REFUND_EXCEEDS_PAYMENT' } });
  });

  it('is tried again by itself when the payment service was down', async () => {
    const { buyer, order } = await buy();
    await pay(buyer, order, cards.pays);
    await untilOrder(buyer, order, 'dispatched');
    house.sandboxFaults.add('refund');
    const key = createId('command');
    expect(await refund(order, {}, key)).toMatchObject({ error: { code: 'PAYMENT_UNAVAILABLE' } });
    house.sandboxFaults.clear();
    expect(await refund(order, {}, key)).toMatchObject({
      data: { order: { payment: { status: 'refunded' } } },
    });
  });
});

describe('order:cancel', () => {
  it('gives units and money back before dispatch, and is refused after it', async () => {
    const { buyer, order, variantId } = await buy();
    const { order: cancelled } = await buyer.get('order:cancel', { params: { orderId: order.id } });
    expect(cancelled).toMatchObject({ status: 'cancelled', payBefore: null });
    expect(await house.stockOf(variantId)).toMatchObject({ onHand: 20, reserved: 0, available: 20 });
    const stranger = await house.guest();
    expect(await stranger.send('order:cancel', { params: { orderId: order.id } })).toMatchObject({
      error: { code: 'ORDER_NOT_FOUND' },
    });
    const sent = await buy();
    await pay(sent.buyer, sent.order, cards.pays);
    await untilOrder(sent.buyer, sent.order, 'dispatched');
    expect(await sent.buyer.send('order:cancel', { params: { orderId: sent.order.id } })).toMatchObject({
      error: { code: 'INVALID_TRANSITION' },
    });
  });
});

describe('an order that nobody pays', () => {
  it('expires, gives its units back, and cannot be charged any more', async () => {
    const { buyer, order, variantId } = await buy();
    await untilOrder(buyer, order, 'expired');
    expect(await house.stockOf(variantId)).toMatchObject({ reserved: 0, available: 20 });
    const { orm } = house.commerce.foundation.db;
    await vi.waitFor(async () => {
      const [payment] = await orm.select().from(payments).where(eq(payments.orderId, order.id));
      expect(payment?.status).toBe('cancelled');
    });
    expect(await pay(buyer, order, cards.pays)).toMatchObject({ error: { code: 'INVALID_TRANSITION' } });
  });
});
