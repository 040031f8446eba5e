import type { Order } from '@souk/protocol/http/buying';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { payments } from '../db/schema/orders.ts';
import type { TestClient } from '../testing/test-client.ts';
import { place, startTestTrade, type TestTrade, take } from '../testing/test-trade.ts';
import { type StripeStandIn, startStripeStandIn } from './stripe/stand-in/stripe-stand-in.ts';

const BUYERS = 20;
const PER_SECOND = 4;
const PAY_MS = 120_000;
let standIn: StripeStandIn;
let house: TestTrade;
beforeAll(async () => {
  standIn = await startStripeStandIn({ limitPerSecond: 5 });
  house = await startTestTrade({
    ...{ PAYMENT_GATEWAY: 'stripe', STRIPE_API_URL: standIn.url, STRIPE_WEBHOOK_SECRET: 'whsec_drop' },
    ...{ STRIPE_SECRET_KEY: 'sk_test_drop', STRIPE_PUBLISHABLE_KEY: 'pk_test_drop' },
    ...{ PAYMENT_REQUESTS_PER_SECOND: String(PER_SECOND), PAY_SECONDS: String(PAY_MS / 1_000) },
  });
  await house.trade.jobs.sweepHolds();
});
afterAll(async () => {
  await house.trade.jobs.sweepHolds();
  await house.assertInvariants();
  await house.stop();
  await standIn.stop();
});

const get = async (buyer: TestClient, { id }: Order): Promise<Order> =>
  (await buyer.get('order:get', { params: { orderId: id } })).order;

/** When each payment was made, by its order. */
const untilAllAreMade = async (): Promise<ReadonlyMap<string, number>> => {
  const { orm } = house.commerce.foundation.db;
  return vi.waitFor(
    async () => {
      const rows = await orm.select().from(payments);
      expect(rows.filter(({ clientSecret }) => clientSecret === null)).toEqual([]);
      return new Map(rows.map(({ orderId, updatedAt }) => [orderId, updatedAt]));
    },
    { timeout: 60_000, interval: 200 },
  );
};

describe('a drop that is faster than the payment service allows', () => {
  it('queues its buyers: nobody fails, places and times are true', { timeout: 120_000 }, async () => {
    const { showId, variantId } = await house.goLive();
    const buyers = await Promise.all(Array.from({ length: BUYERS }, () => house.guest()));
    const holds = await Promise.all(
      buyers.map(async (buyer) => ({ buyer, hold: await take(buyer, showId, { variantId }) })),
    );
    const startedAt = Date.now();
    const placed = await Promise.all(
      holds.map(async ({ buyer, hold }) => ({ buyer, order: await place(buyer, [hold]) })),
    );
    const waiting = placed.flatMap(({ order }) => {
      const { queue } = order.payment;
      return queue === null ? [] : [{ order, ...queue }];
    });
    expect(waiting.length).toBeGreaterThan(BUYERS / 3);
    for (const { order, readyAt } of waiting) {
      expect(order.payBefore).toBe(readyAt + PAY_MS);
      expect(readyAt - startedAt).toBeLessThan((BUYERS / PER_SECOND) * 1_000 + (Date.now() - startedAt));
    }
    const slots = waiting.map(({ readyAt }) => readyAt).sort((a, b) => a - b);
    for (const [index, slot] of slots.entries())
      expect(slot - (slots[index - 1] ?? 0)).toBeGreaterThanOrEqual(1_000 / PER_SECOND - 2);

    const madeAt = await untilAllAreMade();
    for (const { order, readyAt, place: inLine } of waiting) {
      const lateMs = (madeAt.get(order.id) ?? 0) - readyAt;
      expect(lateMs).toBeGreaterThanOrEqual(-50);
      expect(lateMs).toBeLessThan(10_000);
      expect(inLine).toBeLessThanOrEqual(slots.indexOf(readyAt) + 1);
    }
    for (const { buyer, order } of placed) {
      const { status, payment } = await get(buyer, order);
      expect(status).toBe('pending_payment');
      expect(payment).toMatchObject({ queue: null, handle: { gateway: 'stripe' } });
    }
    // A machine that is busy may bunch some together; they keep their place in the queue.
    expect(standIn.refused()).toBeLessThanOrEqual(3);
    expect(standIn.intents.size).toBe(BUYERS);
    const entries = await house.entriesOf(showId);
    expect(entries.filter(({ type }) => type === 'payment:ready')).toHaveLength(waiting.length);
  });

  it('keeps its place when the payment service is faster in refusing than promised', async () => {
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const hold = await take(buyer, showId, { variantId });
    const burst = Array.from({ length: 8 }, () => fetch(`${standIn.url}/v1/payment_intents`));
    await Promise.all(burst);
    const order = await place(buyer, [hold]);
    expect(order.status).toBe('pending_payment');
    await vi.waitFor(async () => expect((await get(buyer, order)).payment.handle).not.toBeNull(), {
      timeout: 10_000,
    });
    expect(standIn.refused()).toBeGreaterThan(0);
  });

  it('goes on after the workers were gone', async () => {
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const hold = await take(buyer, showId, { variantId });
    const { queues, db } = house.commerce.foundation;
    standIn.setDown(true);
    const enqueue = vi.spyOn(queues, 'enqueue').mockResolvedValue(undefined);
    await house.commerce.foundation.redis.set(
      'souk:{pace:stripe}:next',
      String(Date.now() + 1_500),
      'PX',
      60_000,
    );
    const order = await place(buyer, [hold]);
    expect(order.payment.queue).toMatchObject({ place: 1 });
    await house.commerce.foundation.relay.drain();
    standIn.setDown(false);
    enqueue.mockRestore();
    await db.pool.query(`update payments set ask_at = now() - interval '10 seconds' where order_id = $1`, [
      order.id,
    ]);
    await house.trade.jobs.sweepHolds();
    await vi.waitFor(async () => expect((await get(buyer, order)).payment.handle).not.toBeNull(), {
      timeout: 10_000,
    });
  });
});
