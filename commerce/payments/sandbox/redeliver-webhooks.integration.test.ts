import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderOf, startTestTrade, type TestTrade, take, withKey } from '../../testing/test-trade.ts';
import { createRedeliverWebhooks } from './redeliver-webhooks.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(() => house.stop());

describe('a webhook of the sandbox whose job is lost', () => {
  it('is delivered once it is overdue, and not before', async () => {
    const { foundation } = house.commerce;
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const body = await orderOf(buyer, [await take(buyer, showId, { variantId })]);
    const { order } = await buyer.get('order:place', { body }, withKey());
    if (order.payment.handle?.gateway !== 'sandbox') throw new Error('the order is not paid by the sandbox');
    const { paymentId, clientSecret } = order.payment.handle;
    house.sandboxFaults.add('webhook');
    await buyer.get('sandbox:confirm', {
      params: { paymentId },
      body: { clientSecret, cardNumber: '4242424242424242' },
    });
    await foundation.relay.drain();
    await foundation.redis.flushdb();
    house.sandboxFaults.clear();
    const statusOf = async () =>
      (await buyer.get('order:get', { params: { orderId: order.id } })).order.status;
    const redeliver = (ahead: number) =>
      createRedeliverWebhooks({
        ...foundation,
        deliverWebhook: house.trade.jobs.deliverSandboxWebhook,
        clock: { now: () => Date.now() + ahead },
      })();
    await redeliver(0);
    expect(await statusOf()).toBe('pending_payment');
    await redeliver(60_000);
    expect(await statusOf()).not.toBe('pending_payment');
  });
});
