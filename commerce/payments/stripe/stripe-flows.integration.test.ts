import type { Order } from '@souk/protocol/http/buying';
import { createId, type OrderId } from '@souk/protocol/ids';
import { eventually } from '@souk/runtime/testing/eventually';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { merchants } from '../../db/schema/accounts.ts';
import type { TestClient } from '../../testing/test-client.ts';
import {
  place,
  startTestTrade,
  type TestTrade,
  take,
  untilOrder,
  withKey,
} from '../../testing/test-trade.ts';
import { type SignedEvent, type StripeStandIn, startStripeStandIn } from './stand-in/stripe-stand-in.ts';

const webhookSecret = 'whsec_of_the_flows';
let standIn: StripeStandIn;
let house: TestTrade;
beforeAll(async () => {
  standIn = await startStripeStandIn({ webhookSecret });
  house = await startTestTrade({
    ...{ PAYMENT_GATEWAY: 'stripe', STRIPE_API_URL: standIn.url, STRIPE_WEBHOOK_SECRET: webhookSecret },
    ...{ STRIPE_SECRET_KEY: 'sk_test_flows', STRIPE_PUBLISHABLE_KEY: 'pk_test_flows' },
    ...{ RECONCILE_GRACE_SECONDS: '0', PAYMENT_REQUESTS_PER_SECOND: '200' },
  });
  standIn.sendWebhooksTo(`${house.url}/api/payments/webhooks/stripe`);
  await house.trade.jobs.sweepHolds();
});
afterEach(async () => {
  standIn.loseWebhooks(false);
  await standIn.settled();
  // As the workers do each second.
  await house.trade.jobs.sweepHolds();
  await house.assertInvariants();
});
afterAll(async () => {
  await house.stop();
  await standIn.stop();
});

interface Purchase {
  readonly buyer: TestClient;
  readonly order: Order;
  readonly intentId: string;
}

const order = async (): Promise<Purchase> => {
  const { showId, variantId } = await house.goLive();
  const buyer = await house.guest();
  const placed = await place(buyer, [await take(buyer, showId, { variantId })]);
  return { buyer, order: placed, intentId: intentOf(placed.id) };
};

const intentOf = (orderId: OrderId): string => {
  const found = [...standIn.intents.values()].find(({ metadata }) => metadata['orderId'] === orderId);
  if (found === undefined) throw new Error('no payment was made');
  return found.id;
};

const deskOrder = async ({ order: { id } }: Purchase) => {
  const params = { merchantId: house.shop.merchantId };
  const { orders } = await house.merchant.get('desk:orders', { params, query: {} });
  return orders.find((candidate) => candidate.id === id);
};

const deliver = async ({ rawBody, headers }: SignedEvent): Promise<number> => {
  const url = '/api/payments/webhooks/stripe';
  const answer = await house.commerce.http.inject({ method: 'POST', url, headers, payload: rawBody });
  return answer.statusCode;
};

describe('an order paid with Stripe', () => {
  it('is paid by the webhook, and paid back in parts', async () => {
    const purchase = await order();
    const { handle } = purchase.order.payment;
    expect(handle).toMatchObject({ gateway: 'stripe', publishableKey: 'pk_test_flows' });
    standIn.settle(purchase.intentId);
    const sent = await untilOrder(purchase.buyer, purchase.order, 'dispatched');
    expect(sent.payment).toMatchObject({ status: 'succeeded', handle: null });
    const params = { merchantId: house.shop.merchantId, orderId: purchase.order.id };
    await house.merchant.get('order:refund', { params, body: { amountMinor: 500 } }, withKey());
    expect(standIn.intents.get(purchase.intentId)?.latest_charge?.amount_refunded).toBe(500);
  });

  it('is called off at Stripe when the buyer cancels it', async () => {
    const purchase = await order();
    await purchase.buyer.get('order:cancel', { params: { orderId: purchase.order.id } });
    expect(standIn.intents.get(purchase.intentId)?.status).toBe('canceled');
  });

  it('may be tried with another card after a decline', async () => {
    const purchase = await order();
    const { handle } = purchase.order.payment;
    const confirm = async (card: string): Promise<number> => {
      const body = new URLSearchParams({ client_secret: handle?.clientSecret ?? '', payment_method: card });
      const url = `${standIn.url}/v1/payment_intents/${purchase.intentId}/confirm`;
      return (await fetch(url, { method: 'POST', body })).status;
    };
    expect(await confirm('pm_card_chargeDeclined')).toBe(402);
    await standIn.settled();
    const { order: now } = await purchase.buyer.get('order:get', { params: { orderId: purchase.order.id } });
    expect(now).toMatchObject({ status: 'pending_payment', payment: { handle } });
    expect(await confirm('pm_card_visa')).toBe(200);
    await untilOrder(purchase.buyer, purchase.order, 'dispatched');
  });

  it('is marked as paid by the reconciliation when the webhook got lost', async () => {
    const purchase = await order();
    standIn.loseWebhooks(true);
    standIn.settle(purchase.intentId);
    await house.trade.jobs.reconcilePayments();
    await untilOrder(purchase.buyer, purchase.order, 'dispatched');
  });

  it('shows its dispute to the merchant, in whatever order Stripe tells of it', async () => {
    const purchase = await order();
    standIn.settle(purchase.intentId);
    await untilOrder(purchase.buyer, purchase.order, 'dispatched');
    const tell = (type: string, status: string, createdAt: number): Promise<number> =>
      deliver(
        standIn.sign(`charge.dispute.${type}`, standIn.disputeOf(purchase.intentId, status), { createdAt }),
      );
    const then = Math.floor(Date.now() / 1_000) - 60;
    expect(await tell('updated', 'under_review', then + 1)).toBe(200);
    expect(await tell('created', 'needs_response', then)).toBe(200);
    expect((await deskOrder(purchase))?.dispute).toMatchObject({ status: 'open', reason: 'fraudulent' });
    expect(await tell('closed', 'lost', then + 2)).toBe(200);
    expect(await tell('updated', 'under_review', then + 2)).toBe(200);
    expect((await deskOrder(purchase))?.dispute).toMatchObject({ status: 'lost', respondBefore: null });
  });
});

describe('a webhook of Stripe', () => {
  it('is refused when it is forged, and counts once however often it comes, all at once', async () => {
    const purchase = await order();
    standIn.loseWebhooks(true);
    standIn.settle(purchase.intentId);
    const intent = standIn.intents.get(purchase.intentId) ?? {};
    const genuine = standIn.sign('payment_intent.succeeded', intent);
    expect(await deliver({ ...genuine, rawBody: Buffer.concat([genuine.rawBody, Buffer.from(' ')]) })).toBe(
      400,
    );
    expect(await deliver({ ...genuine, rawBody: Buffer.from('{') })).toBe(400);
    const failed = standIn.sign('payment_intent.canceled', intent);
    const answers = await Promise.all([genuine, genuine, failed, genuine, genuine, genuine].map(deliver));
    expect(answers).toEqual([200, 200, 200, 200, 200, 200]);
    await eventually(async () => {
      const { order: now } = await purchase.buyer.get('order:get', {
        params: { orderId: purchase.order.id },
      });
      expect(['dispatched', 'cancelled']).toContain(now.status);
    });
  });

  it('costs two round trips to PostgreSQL when it marks an order as paid', async () => {
    const purchase = await order();
    standIn.loseWebhooks(true);
    standIn.settle(purchase.intentId);
    const { pool } = house.commerce.foundation.db;
    const intent = standIn.intents.get(purchase.intentId) ?? {};
    const asked: string[] = [];
    const query = pool.query.bind(pool);
    const spy = vi.spyOn(pool, 'query').mockImplementation(((...args: Parameters<typeof query>) => {
      asked.push(JSON.stringify(args[0]));
      return query(...args);
    }) as typeof pool.query);
    expect(await deliver(standIn.sign('payment_intent.succeeded', intent))).toBe(200);
    spy.mockRestore();
    expect(asked.filter((text) => text.includes('payments'))).toHaveLength(2);
    await untilOrder(purchase.buyer, purchase.order, 'dispatched');
  });
});

describe('a house with several shops', () => {
  it('takes payments for a shop once its account is ready, and sends the money there', async () => {
    const { orm } = house.commerce.foundation.db;
    const { merchantId } = house.shop;
    const params = { merchantId };
    expect(await house.merchant.get('payouts:get', { params })).toEqual({
      payouts: { mode: 'platform', status: 'ready' },
    });
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const hold = await take(buyer, showId, { variantId });
    const [shop] = await orm.select().from(merchants).where(eq(merchants.id, merchantId));
    if (shop === undefined) throw new Error('the shop is gone');
    const otherId = createId('merchant');
    await orm.insert(merchants).values({ ...shop, id: otherId, name: 'Other & Co' });
    const quote = () => buyer.send('quote:create', { body: { holdIds: [hold.id] } });
    await vi.waitFor(
      async () => expect(await quote()).toMatchObject({ error: { code: 'PAYOUTS_NOT_READY' } }),
      {
        timeout: 10_000,
      },
    );
    expect((await house.merchant.get('payouts:get', { params })).payouts.status).toBe('missing');
    const { url } = await house.merchant.get('payouts:connect', { params });
    const payee = url.split('/').at(-1) ?? '';
    expect((await house.merchant.get('payouts:get', { params })).payouts.status).toBe('incomplete');
    standIn.completeAccount(payee);
    await vi.waitFor(async () => expect(await quote()).toMatchObject({ ok: true }), { timeout: 10_000 });
    const placed = await place(buyer, [hold]);
    expect(standIn.intents.get(intentOf(placed.id))).toMatchObject({
      ...{ on_behalf_of: payee, transfer_data: { destination: payee } },
    });
    await orm.delete(merchants).where(eq(merchants.id, otherId));
  });
});
