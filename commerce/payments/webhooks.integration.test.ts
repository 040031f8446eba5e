import { randomUUID } from 'node:crypto';
import type { Order } from '@souk/protocol/http/buying';
import type { PaymentId } from '@souk/protocol/ids';
import { eventually } from '@souk/runtime/testing/eventually';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { paymentEvents, payments, refunds } from '../db/schema/orders.ts';
import { type SandboxEventType, sandboxPayments } from '../db/schema/sandbox.ts';
import type { TestClient } from '../testing/test-client.ts';
import {
  cards,
  pay,
  place,
  startTestTrade,
  type TestTrade,
  take,
  untilOrder,
} from '../testing/test-trade.ts';
import { SANDBOX_SIGNATURE_HEADER, signWebhook } from './sandbox/signature.ts';

const secret = 'webhook-secret-of-the-tests-0123456789';
let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
  await house.trade.jobs.sweepHolds();
});
afterAll(() => house.stop());

const orderSomething = async (): Promise<{ buyer: TestClient; order: Order; paymentId: PaymentId }> => {
  const { showId, variantId } = await house.goLive();
  const buyer = await house.guest();
  const order = await place(buyer, [await take(buyer, showId, { variantId })]);
  const handle = order.payment.handle;
  if (handle === null) throw new Error('the order has no payment');
  return { buyer, order, paymentId: handle.paymentId };
};

interface Delivery {
  readonly eventId?: string;
  readonly signedAt?: number;
  readonly with?: string;
}

const deliver = async (
  paymentId: PaymentId,
  type: SandboxEventType,
  options: Delivery = {},
): Promise<string> => {
  const data = { paymentId, declineCode: null, refundId: null };
  const payload = JSON.stringify({ id: options.eventId ?? randomUUID(), type, createdAt: Date.now(), data });
  const signature = signWebhook(options.with ?? secret, payload, options.signedAt ?? Date.now());
  const answer = await house.commerce.http.inject({
    method: 'POST',
    url: '/api/payments/webhooks/sandbox',
    headers: { 'content-type': 'application/json', [SANDBOX_SIGNATURE_HEADER]: signature },
    payload,
  });
  const body: { ok: boolean; error?: { code: string } } = answer.json();
  return body.ok ? 'OK' : (body.error?.code ?? 'no code');
};

/** Where the events are that end a payment. */
/** A declined card leaves the order open for another one. */
const isPaidInTime = (types: readonly SandboxEventType[]): boolean =>
  !types.slice(0, types.indexOf('payment.succeeded')).includes('payment.canceled');

describe('a webhook', () => {
  it('that is forged, or too old, is refused and changes nothing', async () => {
    const { buyer, order, paymentId } = await orderSomething();
    expect(await deliver(paymentId, 'payment.succeeded', { with: 'another secret' })).toBe(
      'INVALID_WEBHOOK_SIGNATURE',
    );
    const longAgo = Date.now() - 600_000;
    expect(await deliver(paymentId, 'payment.succeeded', { signedAt: longAgo })).toBe(
      'INVALID_WEBHOOK_SIGNATURE',
    );
    const { order: now } = await buyer.get('order:get', { params: { orderId: order.id } });
    expect(now).toMatchObject({ status: 'pending_payment', payment: { status: 'requires_confirmation' } });
  });

  it('that comes twice, or after a later one, counts once', async () => {
    const { buyer, order, paymentId } = await orderSomething();
    const eventId = randomUUID();
    const { orm } = house.commerce.foundation.db;
    await orm.update(sandboxPayments).set({ status: 'succeeded' }).where(eq(sandboxPayments.id, paymentId));
    expect(await deliver(paymentId, 'payment.succeeded', { eventId })).toBe('OK');
    expect(await deliver(paymentId, 'payment.succeeded', { eventId })).toBe('OK');
    expect(await deliver(paymentId, 'payment.processing')).toBe('OK');
    expect(await deliver(paymentId, 'payment.failed')).toBe('OK');
    const sent = await untilOrder(buyer, order, 'dispatched');
    expect(sent.payment.status).toBe('succeeded');
    const events = await orm
      .select()
      .from(paymentEvents)
      .where(eq(paymentEvents.id, `sandbox:${eventId}`));
    expect(events).toHaveLength(1);
  });

  it.each([
    ['payment.processing', 'payment.succeeded', 'payment.failed'],
    ['payment.succeeded', 'payment.failed', 'payment.processing'],
    ['payment.failed', 'payment.processing', 'payment.succeeded'],
    ['payment.canceled', 'payment.succeeded', 'payment.processing'],
    ['payment.processing', 'payment.canceled', 'payment.succeeded'],
  ] as const)('in the order %s, %s, %s leaves paid and sent, or paid back', async (...types) => {
    const { buyer, order, paymentId } = await orderSomething();
    const { orm } = house.commerce.foundation.db;
    await orm.update(sandboxPayments).set({ status: 'succeeded' }).where(eq(sandboxPayments.id, paymentId));
    for (const type of types) expect(await deliver(paymentId, type)).toBe('OK');
    const isPaidFirst = isPaidInTime(types);
    const sent = await untilOrder(buyer, order, isPaidFirst ? 'dispatched' : 'cancelled');
    await eventually(async () => {
      const { order: now } = await buyer.get('order:get', { params: { orderId: sent.id } });
      expect(now.payment.status).toBe(isPaidFirst ? 'succeeded' : 'refunded');
    });
    // As the workers do each second.
    await house.trade.jobs.sweepHolds();
    await house.assertInvariants();
  });

  it('tells the merchant of a dispute', async () => {
    const { buyer, order } = await orderSomething();
    await pay(buyer, order, cards.disputed);
    const params = { merchantId: house.shop.merchantId };
    await vi.waitFor(
      async () => {
        const { orders } = await house.merchant.get('desk:orders', { params, query: {} });
        expect(orders.find(({ id }) => id === order.id)?.dispute).toMatchObject({
          ...{ status: 'open', reason: 'fraudulent', amountMinor: order.totals.totalMinor },
        });
      },
      { timeout: 20_000, interval: 100 },
    );
  });

  it('of a payment that came after the order was over sends the money back', async () => {
    const { buyer, order, paymentId } = await orderSomething();
    const { orm } = house.commerce.foundation.db;
    await buyer.get('order:cancel', { params: { orderId: order.id } });
    await orm.update(sandboxPayments).set({ status: 'succeeded' }).where(eq(sandboxPayments.id, paymentId));
    expect(await deliver(paymentId, 'payment.succeeded')).toBe('OK');
    await eventually(async () => {
      const [payment] = await orm.select().from(payments).where(eq(payments.id, paymentId));
      expect(payment).toMatchObject({ status: 'refunded', refundedMinor: order.totals.totalMinor });
    });
    const made = await orm.select().from(refunds).where(eq(refunds.paymentId, paymentId));
    expect(made.map(({ status, reason }) => [status, reason])).toEqual([['succeeded', 'paid-too-late']]);
  });

  it('is delivered again until it is accepted', async () => {
    const { buyer, order } = await orderSomething();
    house.sandboxFaults.add('webhook');
    await pay(buyer, order, cards.pays);
    expect(await pay(buyer, order, cards.pays)).toMatchObject({ error: { code: 'PAYMENT_IN_PROGRESS' } });
    await eventually(async () => {
      const counts = await house.commerce.foundation.queues.counts('sandbox-webhook');
      expect(counts.delayed).toBeGreaterThan(0);
    });
    house.sandboxFaults.clear();
    await untilOrder(buyer, order, 'dispatched');
    expect(await pay(buyer, order, cards.pays)).toMatchObject({ error: { code: 'ORDER_ALREADY_PAID' } });
  });
});
