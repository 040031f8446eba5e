import type { Order } from '@souk/protocol/http/buying';
import { createId, type RefundId } from '@souk/protocol/ids';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { orders, payments, refunds } from '../db/schema/orders.ts';
import { settleRefund } from '../payments/send-refund.ts';
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

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade({ PAY_SECONDS: '6' });
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

const buy = () => orderAnew(house, 2);

const refund = (order: Order, body: { amountMinor?: number; restock?: boolean }, key?: string) =>
  house.merchant.send(
    'order:refund',
    { params: { merchantId: house.shop.merchantId, orderId: order.id }, body },
    withKey(key),
  );

describe('order:refund', () => {
  it('pays back in part and whole, once per key, and puts the units back on the shelf', async () => {
    const purchase = await buy();
    const { order, variantId } = purchase;
    expect(await refund(order, {})).toMatchObject({ error: { code: 'INVALID_TRANSITION' } });
    await payUntil(purchase, 'dispatched');
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
    const purchase = await buy();
    const { order } = purchase;
    await payUntil(purchase, 'dispatched');
    house.sandboxFaults.add('refund');
    const key = createId('command');
    expect(await refund(order, {}, key)).toMatchObject({ error: { code: 'PAYMENT_UNAVAILABLE' } });
    house.sandboxFaults.clear();
    expect(await refund(order, {}, key)).toMatchObject({
      data: { order: { payment: { status: 'refunded' } } },
    });
  });
});

/** An order that was dispatched, and a refund of it that the payment service has not heard of. */
const decideOnly = async (): Promise<{ order: Order; refundId: RefundId }> => {
  const purchase = await buy();
  const { order } = purchase;
  await payUntil(purchase, 'dispatched');
  house.sandboxFaults.add('refund');
  await refund(order, {});
  house.sandboxFaults.delete('refund');
  const { orm } = house.commerce.foundation.db;
  const [row] = await orm.select().from(refunds).where(eq(refunds.orderId, order.id));
  if (row === undefined) throw new Error('no refund was decided');
  return { order, refundId: row.id };
};

const ago = (ms: number): number => Date.now() - ms;

describe('a refund that is not settled', () => {
  it('is sent by the sweeper, also when another one cannot be', async () => {
    const { orm } = house.commerce.foundation.db;
    const [broken, sound] = [await decideOnly(), await decideOnly()];
    await orm.update(refunds).set({ createdAt: ago(60_000), updatedAt: ago(60_000) });
    const ofBroken = eq(payments.orderId, broken.order.id);
    const [before] = await orm.select().from(payments).where(ofBroken);
    await orm
      .update(payments)
      .set({ gatewayRef: createId('payment') })
      .where(ofBroken);
    const statusOf = async (id: RefundId) =>
      (await orm.select().from(refunds).where(eq(refunds.id, id)))[0]?.status;
    await house.trade.jobs.sweepHolds();
    expect(await statusOf(sound.refundId)).toBe('succeeded');
    expect(await statusOf(broken.refundId)).toBe('pending');
    await orm
      .update(payments)
      .set({ gatewayRef: before?.gatewayRef ?? null })
      .where(ofBroken);
    await orm.update(refunds).set({ createdAt: ago(60_000), updatedAt: ago(60_000) });
    await house.trade.jobs.sweepHolds();
    expect(await statusOf(broken.refundId)).toBe('succeeded');
  });

  it('is settled without a deadlock by a webhook and an answer that come at once', async () => {
    const { db } = house.commerce.foundation;
    const { order, refundId } = await decideOnly();
    // Not tried again, as it would be elsewhere: a deadlock is to show.
    const settle = () => db.orm.transaction((tx) => settleRefund(tx, refundId, 'succeeded', Date.now()));
    const waiting = async (): Promise<number> => {
      const { rows } = await db.pool.query(
        `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      );
      return rows.length;
    };
    const answers: Promise<void>[] = [];
    const webhook = db.orm.transaction(async (tx) => {
      await tx.select().from(orders).where(eq(orders.id, order.id)).for('update');
      await tx.select().from(payments).where(eq(payments.orderId, order.id)).for('update');
      answers.push(settle());
      await vi.waitFor(async () => expect(await waiting()).toBe(1), { timeout: 10_000, interval: 10 });
      await settleRefund(tx, refundId, 'succeeded', Date.now());
    });
    await expect(webhook).resolves.toBeUndefined();
    await Promise.all(answers);
    // The sandbox has not paid it back; so the house must not believe that it has.
    await db.orm.update(refunds).set({ status: 'pending', createdAt: ago(60_000), updatedAt: ago(60_000) });
    await db.orm.update(payments).set({ status: 'succeeded' }).where(eq(payments.orderId, order.id));
    await house.trade.jobs.sweepHolds();
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

describe('a payment whose order is over', () => {
  it('is called off later when the payment service was down', async () => {
    const { orm } = house.commerce.foundation.db;
    const { buyer, order } = await buy();
    house.sandboxFaults.add('cancel');
    await buyer.get('order:cancel', { params: { orderId: order.id } });
    house.sandboxFaults.delete('cancel');
    const ofOrder = eq(payments.orderId, order.id);
    await orm
      .update(orders)
      .set({ updatedAt: ago(60_000) })
      .where(eq(orders.id, order.id));
    await orm
      .update(payments)
      .set({ updatedAt: ago(60_000) })
      .where(ofOrder);
    await house.trade.jobs.sweepHolds();
    await vi.waitFor(
      async () => {
        const [payment] = await orm.select().from(payments).where(ofOrder);
        expect(payment?.status).toBe('cancelled');
      },
      { timeout: 10_000 },
    );
  });
});

describe('an order that nobody pays', () => {
  it('expires, gives its units back, and cannot be charged any more', async () => {
    const { buyer, order, variantId } = await buy();
    await untilOrder(buyer, order, 'expired');
    expect(await house.stockOf(variantId)).toMatchObject({ reserved: 0, available: 20 });
    const { orm } = house.commerce.foundation.db;
    await vi.waitFor(
      async () => {
        const [payment] = await orm.select().from(payments).where(eq(payments.orderId, order.id));
        expect(payment?.status).toBe('cancelled');
      },
      { timeout: 10_000 },
    );
    expect(await pay(buyer, order, cards.pays)).toMatchObject({ error: { code: 'INVALID_TRANSITION' } });
  });
});
