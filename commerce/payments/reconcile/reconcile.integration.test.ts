import type { Order } from '@souk/protocol/http/buying';
import { eventually } from '@souk/runtime/testing/eventually';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { payments } from '../../db/schema/orders.ts';
import { sandboxPayments, sandboxRefunds } from '../../db/schema/sandbox.ts';
import {
  cards,
  orderAnew,
  type Purchase,
  pay,
  startTestTrade,
  type TestTrade,
  untilOrder,
  withKey,
} from '../../testing/test-trade.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade({ RECONCILE_GRACE_SECONDS: '0', DISPATCH_DELAY_SECONDS: '2' });
  await house.trade.jobs.sweepHolds();
});
afterEach(async () => {
  house.sandboxFaults.clear();
  // As the workers do each second.
  await house.trade.jobs.sweepHolds();
  await house.assertInvariants();
});
afterAll(() => house.stop());

const order = (): Promise<Purchase> => orderAnew(house);

const now = async ({ buyer, order: { id } }: Purchase): Promise<Order> =>
  (await buyer.get('order:get', { params: { orderId: id } })).order;

const reconcile = () => house.trade.jobs.reconcilePayments();

const findingsOf = async ({ order: { id } }: Purchase) => {
  const { findings } = await house.merchant.get('desk:findings', {
    params: { merchantId: house.shop.merchantId },
  });
  return findings.filter(({ orderId }) => orderId === id).map(({ kind, status }) => [kind, status]);
};

const paymentOf = async ({ order: { id } }: Purchase) => {
  const { orm } = house.commerce.foundation.db;
  const [payment] = await orm.select().from(payments).where(eq(payments.orderId, id));
  if (payment === undefined) throw new Error('the order has no payment');
  return payment;
};

/** Waits until the sandbox's books say so. */
const untilBooks = async (purchase: Purchase, status: string): Promise<void> => {
  const { id } = await paymentOf(purchase);
  const { orm } = house.commerce.foundation.db;
  await vi.waitFor(
    async () => {
      const [row] = await orm.select().from(sandboxPayments).where(eq(sandboxPayments.id, id));
      expect(row?.status).toBe(status);
    },
    { timeout: 10_000, interval: 25 },
  );
};

/** Waits until the house counts it as charged; its parcel rests for a moment then. */
const untilMarked = (purchase: Purchase): Promise<void> =>
  vi.waitFor(async () => expect((await paymentOf(purchase)).status).toBe('succeeded'), {
    timeout: 10_000,
    interval: 25,
  });

/** Changes the sandbox's books behind the house's back. */
const setBooks = async (
  purchase: Purchase,
  change: Partial<typeof sandboxPayments.$inferInsert>,
): Promise<void> => {
  const { id } = await paymentOf(purchase);
  const { orm } = house.commerce.foundation.db;
  await orm.update(sandboxPayments).set(change).where(eq(sandboxPayments.id, id));
};

describe('the reconciliation', () => {
  it('finds nothing where the books agree, and says so once', async () => {
    const purchase = await order();
    await pay(purchase.buyer, purchase.order, cards.pays);
    await untilMarked(purchase);
    await reconcile();
    expect(await findingsOf(purchase)).toEqual([]);
    expect((await paymentOf(purchase)).reconciledAt).not.toBeNull();
  });

  it('marks an order as paid whose webhook got lost, once for all workers', async () => {
    const purchase = await order();
    house.sandboxFaults.add('webhook-lost');
    await pay(purchase.buyer, purchase.order, cards.pays);
    await untilBooks(purchase, 'succeeded');
    expect((await now(purchase)).status).toBe('pending_payment');
    await Promise.all([reconcile(), reconcile(), reconcile()]);
    expect((await now(purchase)).status).toBe('paid');
    expect(await findingsOf(purchase)).toEqual([['paid-not-marked', 'mended']]);
  });

  it('pays a second charge back, and leaves the first', async () => {
    const purchase = await order();
    house.sandboxFaults.add('double-charge');
    await pay(purchase.buyer, purchase.order, cards.pays);
    await untilMarked(purchase);
    await reconcile();
    await reconcile();
    const { orm } = house.commerce.foundation.db;
    const { id, amountMinor } = await paymentOf(purchase);
    const back = await orm
      .select()
      .from(sandboxRefunds)
      .where(eq(sandboxRefunds.paymentId, `${id}-again`));
    expect(back.map((refund) => refund.amountMinor)).toEqual([amountMinor]);
    expect((await now(purchase)).payment).toMatchObject({ status: 'succeeded', refundedMinor: 0 });
    expect(await findingsOf(purchase)).toEqual([['charged-twice', 'mended']]);
  });

  it('marks the first of two charges and pays the second back when both webhooks got lost', async () => {
    const purchase = await order();
    house.sandboxFaults.add('double-charge').add('webhook-lost');
    await pay(purchase.buyer, purchase.order, cards.pays);
    const { id } = await paymentOf(purchase);
    await untilBooks(purchase, 'succeeded');
    await reconcile();
    expect((await now(purchase)).status).toBe('paid');
    expect((await paymentOf(purchase)).gatewayRef).toBe(id);
    await reconcile();
    expect((await findingsOf(purchase)).sort()).toEqual([
      ['charged-twice', 'mended'],
      ['paid-not-marked', 'mended'],
    ]);
  });

  it('pays back what was charged after the order had ended', async () => {
    const purchase = await order();
    house.sandboxFaults.add('late-charge').add('webhook-lost');
    await purchase.buyer.get('order:cancel', { params: { orderId: purchase.order.id } });
    await pay(purchase.buyer, purchase.order, cards.pays);
    await untilBooks(purchase, 'succeeded');
    house.sandboxFaults.clear();
    await reconcile();
    await eventually(async () => expect((await paymentOf(purchase)).status).toBe('refunded'));
    expect((await now(purchase)).status).toBe('cancelled');
    expect(await findingsOf(purchase)).toEqual([['charged-after-expiry', 'mended']]);
  });

  it('cancels an order that counts as paid and never was, while it is here', async () => {
    const purchase = await order();
    house.sandboxFaults.add('false-success');
    await pay(purchase.buyer, purchase.order, cards.pays);
    await untilMarked(purchase);
    await reconcile();
    expect(await now(purchase)).toMatchObject({ status: 'cancelled', payment: { status: 'cancelled' } });
    expect(await house.stockOf(purchase.variantId)).toMatchObject({ reserved: 0, available: 20 });
    expect(await findingsOf(purchase)).toEqual([['marked-not-paid', 'mended']]);
  });

  it('leaves an order to a person that has left and never was paid', async () => {
    const purchase = await order();
    house.sandboxFaults.add('false-success');
    await pay(purchase.buyer, purchase.order, cards.pays);
    await untilOrder(purchase.buyer, purchase.order, 'dispatched');
    await reconcile();
    await reconcile();
    expect(await findingsOf(purchase)).toEqual([['marked-not-paid', 'open']]);
    // The buyer pays after all.
    await setBooks(purchase, { status: 'succeeded' });
  });

  it('leaves it to a person when another amount was charged', async () => {
    house.sandboxFaults.add('wrong-amount');
    const purchase = await order();
    await pay(purchase.buyer, purchase.order, cards.pays);
    await untilMarked(purchase);
    await reconcile();
    expect(await findingsOf(purchase)).toEqual([['amount-differs', 'open']]);
  });

  it('notes refunds that were made at the payment service, and ends an order whose money is all back', async () => {
    const purchase = await order();
    await pay(purchase.buyer, purchase.order, cards.pays);
    await untilMarked(purchase);
    const { amountMinor } = await paymentOf(purchase);
    await setBooks(purchase, { refundedMinor: 500 });
    await reconcile();
    expect((await now(purchase)).payment).toMatchObject({ status: 'succeeded', refundedMinor: 500 });
    await setBooks(purchase, { refundedMinor: amountMinor });
    await reconcile();
    expect(await now(purchase)).toMatchObject({
      ...{ status: 'refunded', payment: { status: 'refunded', refundedMinor: amountMinor } },
    });
    expect(await house.stockOf(purchase.variantId)).toMatchObject({ reserved: 0, available: 20 });
    expect(await findingsOf(purchase)).toEqual([['refund-differs', 'mended']]);
  });

  it('leaves it to a person when a refund counts as made and was not', async () => {
    const purchase = await order();
    await pay(purchase.buyer, purchase.order, cards.pays);
    await untilOrder(purchase.buyer, purchase.order, 'dispatched');
    house.sandboxFaults.add('refund-lost');
    const params = { merchantId: house.shop.merchantId, orderId: purchase.order.id };
    await house.merchant.get('order:refund', { params, body: { amountMinor: 700 } }, withKey());
    await reconcile();
    expect(await findingsOf(purchase)).toEqual([['refund-differs', 'open']]);
    await setBooks(purchase, { refundedMinor: 700 });
  });

  it('gives the units back of an order whose payment is dead', async () => {
    const purchase = await order();
    await setBooks(purchase, { status: 'canceled' });
    await reconcile();
    expect((await now(purchase)).status).toBe('cancelled');
    expect(await house.stockOf(purchase.variantId)).toMatchObject({ reserved: 0, available: 20 });
    expect(await findingsOf(purchase)).toEqual([]);
  });

  it('calls a payment off that was made and never written down', async () => {
    const purchase = await order();
    const { orm } = house.commerce.foundation.db;
    const forgotten = { gatewayRef: null, clientSecret: null };
    await orm.update(payments).set(forgotten).where(eq(payments.orderId, purchase.order.id));
    await purchase.buyer.get('order:cancel', { params: { orderId: purchase.order.id } });
    await reconcile();
    await untilBooks(purchase, 'canceled');
  });
});
