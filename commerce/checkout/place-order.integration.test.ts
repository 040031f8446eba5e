import { createId } from '@souk/protocol/ids';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testAddress } from '../testing/test-address.ts';
import { orderOf, quote, startTestTrade, type TestTrade, take, withKey } from '../testing/test-trade.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

describe('order:place', () => {
  it('gives the same order under the same key, however often it is pressed at once', async () => {
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const hold = await take(buyer, showId, { variantId, quantity: 2 });
    const before = await house.stockOf(variantId);
    const key = createId('command');
    const body = await orderOf(buyer, [hold]);
    const press = () => buyer.get('order:place', { body }, withKey(key));
    const pressed = await Promise.allSettled(Array.from({ length: 10 }, press));
    const ids = pressed.map((outcome) =>
      outcome.status === 'fulfilled' ? outcome.value.order.id : String(outcome.reason),
    );
    expect(new Set(ids).size).toBe(1);
    expect((await press()).order).toMatchObject({ id: ids[0] });
    expect(await house.stockOf(variantId)).toMatchObject({ reserved: before.reserved + 2 });
    const other = { ...body, address: { ...testAddress, city: 'Hamburg' } };
    expect(await buyer.send('order:place', { body: other }, withKey(key))).toMatchObject({
      error: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });

  it('makes one order of a hold, also under ten keys at once', async () => {
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const hold = await take(buyer, showId, { variantId });
    const bodies = await Promise.all(Array.from({ length: 10 }, () => orderOf(buyer, [hold])));
    const answers = await Promise.all(bodies.map((body) => buyer.send('order:place', { body }, withKey())));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const codes = answers.flatMap((answer) => (answer.ok ? [] : [answer.error.code]));
    expect(codes.every((code) => code === 'PAYMENT_IN_PROGRESS' || code === 'INVALID_TRANSITION')).toBe(true);
  });

  it('refuses holds and quotes of somebody else, and asks for a key', async () => {
    const { showId, variantId } = await house.goLive();
    const [owner, thief] = [await house.guest(), await house.guest()];
    const hold = await take(owner, showId, { variantId });
    expect(await thief.send('quote:create', { body: { holdIds: [hold.id] } })).toMatchObject({
      error: { code: 'HOLD_EXPIRED' },
    });
    const body = await orderOf(owner, [hold]);
    expect(await thief.send('order:place', { body }, withKey())).toMatchObject({
      error: { code: 'QUOTE_NOT_FOUND' },
    });
    expect(await owner.send('order:place', { body })).toMatchObject({
      error: { code: 'IDEMPOTENCY_KEY_REQUIRED' },
    });
    const { totals } = await quote(owner, [hold], { country: 'FR' });
    expect(totals).toMatchObject({ itemsMinor: 3_900, shippingMinor: 990, totalMinor: 4_890, taxMinor: 815 });
  });

  it('refuses somebody who was banned since, and leaves the hold as it is', async () => {
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const { userId } = await buyer.renew();
    const body = await orderOf(buyer, [await take(buyer, showId, { variantId })]);
    await house.commerce.foundation.db.pool.query(
      `INSERT INTO bans (scope, merchant_id, show_id, user_id, name, reason, banned_by, banned_at)
       SELECT 'show', merchant_id, id, $2, 'Guest', '', host_id, now() FROM shows WHERE id = $1`,
      [showId, userId],
    );
    // That a show has no bans is remembered for a moment.
    const seen = () => buyer.send('show:get', { params: { showId } });
    await expect.poll(seen, { timeout: 5_000 }).toMatchObject({ error: { code: 'BANNED' } });
    const cart = { lines: [{ variantId, saleId: null, quantity: 1 }] };
    const more = () => buyer.send('hold:take', { params: { showId }, body: cart } as never);
    await expect.poll(more, { timeout: 5_000 }).toMatchObject({ error: { code: 'BANNED' } });
    expect(await buyer.send('order:place', { body }, withKey())).toMatchObject({ error: { code: 'BANNED' } });
    const { orders } = await buyer.get('order:list');
    expect(orders).toEqual([]);
  });

  it('lets a repeat finish what a first try has left undone in Redis', async () => {
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const hold = await take(buyer, showId, { variantId });
    const { redis } = house.commerce.foundation;
    const holdKey = `souk:{${hold.merchantId}}:hold:${hold.id}`;
    const key = createId('command');
    const body = await orderOf(buyer, [hold]);
    const { order } = await buyer.get('order:place', { body }, withKey(key));
    // As it is when the process dies right after the order was written.
    await redis.hset(holdKey, 'status', 'claiming');
    await redis.hincrby(`souk:{${hold.merchantId}}:pools`, `${variantId}|held`, 1);
    await redis.zadd(`souk:{${hold.merchantId}}:claims`, Date.now() + 20_000, hold.id);
    expect((await buyer.get('order:place', { body }, withKey(key))).order.id).toBe(order.id);
    expect(await redis.hget(holdKey, 'status')).toBe('claimed');
  });

  it('leaves the order to be finished under the same key when the payment service fails', async () => {
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const hold = await take(buyer, showId, { variantId });
    const key = createId('command');
    const body = await orderOf(buyer, [hold]);
    house.sandboxFaults.add('create');
    expect(await buyer.send('order:place', { body }, withKey(key))).toMatchObject({
      error: { code: 'PAYMENT_UNAVAILABLE' },
    });
    house.sandboxFaults.clear();
    const { order } = await buyer.get('order:place', { body }, withKey(key));
    expect(order).toMatchObject({ status: 'pending_payment', payment: { status: 'requires_confirmation' } });
    expect(order.payment.handle).not.toBeNull();
  });

  it('is finished by the house when its buyer never presses again, and the buyer hears that it can be paid', async () => {
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const body = await orderOf(buyer, [await take(buyer, showId, { variantId })]);
    house.sandboxFaults.add('create');
    expect(await buyer.send('order:place', { body }, withKey())).toMatchObject({ ok: false });
    house.sandboxFaults.clear();
    const [order] = (await buyer.get('order:list')).orders;
    expect(order).toMatchObject({ status: 'pending_payment', payment: { handle: null, queue: null } });
    await house.commerce.foundation.db.pool.query(
      `UPDATE payments SET created_at = created_at - interval '1 minute' WHERE order_id = $1`,
      [order?.id],
    );
    await house.trade.jobs.sweepHolds();
    await vi.waitFor(
      async () => {
        const [now] = (await buyer.get('order:list')).orders;
        expect(now?.payment.handle).not.toBeNull();
      },
      { timeout: 20_000, interval: 100 },
    );
    const told = await house.entriesOf(showId);
    expect(told.filter(({ type }) => type === 'payment:ready').map(({ data }) => data)).toEqual([
      { orderId: order?.id },
    ]);
  });

  it('asks the payment service for nothing more once the order is over', async () => {
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const key = createId('command');
    const body = await orderOf(buyer, [await take(buyer, showId, { variantId })]);
    house.sandboxFaults.add('create');
    expect(await buyer.send('order:place', { body }, withKey(key))).toMatchObject({ ok: false });
    const [order] = (await buyer.get('order:list')).orders;
    if (order === undefined) throw new Error('there is no order');
    await buyer.get('order:cancel', { params: { orderId: order.id } });
    const again = await buyer.send('order:place', { body }, withKey(key));
    house.sandboxFaults.clear();
    expect(again).toMatchObject({ ok: true, data: { order: { id: order.id, status: 'cancelled' } } });
  });
});
