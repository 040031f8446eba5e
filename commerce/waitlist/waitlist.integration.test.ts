import type { WaitlistEntry } from '@souk/protocol/http/sales';
import { createId, type SaleId, type ShowId } from '@souk/protocol/ids';
import { eventually } from '@souk/runtime/testing/eventually';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestClient } from '../testing/test-client.ts';
import { place, startTestTrade, type TestTrade, take, tryTake } from '../testing/test-trade.ts';

let house: TestTrade;
let sale: {
  showId: ShowId;
  saleId: SaleId;
  variantId: Awaited<ReturnType<TestTrade['goLive']>>['variantId'];
};

beforeAll(async () => {
  house = await startTestTrade({ WAITLIST_OFFER_SECONDS: '2' });
});
beforeEach(async () => {
  const { showId, variantId } = await house.goLive();
  sale = { showId, variantId, saleId: await house.startSale(showId, variantId, { units: 1 }) };
});
afterEach(async () => {
  await house.host.send('show:end', { params: { showId: sale.showId } });
  await house.trade.jobs.sweepHolds();
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

const join = async (client: TestClient): Promise<string> => {
  const { showId, saleId } = sale;
  const answer = await client.send('waitlist:join', { params: { showId, saleId } });
  return answer.ok ? `${answer.data.entry.status} ${answer.data.entry.place}` : answer.error.code;
};
const lineOf = () => ({ variantId: sale.variantId, saleId: sale.saleId });
const hold = (client: TestClient) => take(client, sale.showId, lineOf());
const tryHold = (client: TestClient) => tryTake(client, sale.showId, lineOf());
const leave = (client: TestClient) =>
  client.get('waitlist:leave', { params: { showId: sale.showId, saleId: sale.saleId } });
const entryOf = async (client: TestClient): Promise<WaitlistEntry | undefined> =>
  (await client.get('waitlist:list')).entries.find(({ saleId }) => saleId === sale.saleId);
const untilStatus = (client: TestClient, status: string): Promise<WaitlistEntry | undefined> =>
  vi.waitFor(
    async () => {
      await house.trade.jobs.sweepHolds();
      const entry = await entryOf(client);
      expect(entry?.status).toBe(status);
      return entry;
    },
    { timeout: 15_000, interval: 50 },
  );
const guests = (count: number): Promise<TestClient[]> =>
  Promise.all(Array.from({ length: count }, () => house.guest()));

describe('a waitlist', () => {
  it('is open only while the sale is, and sold out, and for buyers below their limit', async () => {
    const [holder, waiting] = (await guests(2)) as [TestClient, TestClient];
    expect(await join(waiting)).toBe('NOT_SOLD_OUT');
    await hold(holder);
    expect(await join(holder)).toBe('BUYER_LIMIT_REACHED');
    expect(await join(waiting)).toBe('waiting 1');
    expect(await join(waiting)).toBe('waiting 1');
    const params = { showId: sale.showId, saleId: createId('sale') };
    expect(await waiting.send('waitlist:join', { params })).toMatchObject({
      error: { code: 'SALE_NOT_FOUND' },
    });
    await house.host.get('sale:stop', { params: sale });
    const late = await house.guest();
    expect(await join(late)).toBe('SALE_NOT_OPEN');
    await untilStatus(waiting, 'sale-ended');
    const told = (await house.entriesOf(sale.showId)).filter(({ type }) => type === 'waitlist:ended');
    expect(told).toMatchObject([{ data: { saleId: sale.saleId, status: 'sale-ended' } }]);
  });

  it('is closed to guests where the shop sells nothing to them, and after the show', async () => {
    const [holder, waiting] = (await guests(2)) as [TestClient, TestClient];
    await hold(holder);
    const params = { merchantId: house.shop.merchantId };
    const setPolicy = (guestsMayBuy: boolean) =>
      house.merchant.get('merchant:set-policy', { params, body: { guestsMayChat: true, guestsMayBuy } });
    await setPolicy(false);
    await vi.waitFor(async () => expect(await join(waiting)).toBe('GUESTS_NOT_ALLOWED'), { timeout: 5_000 });
    await setPolicy(true);
    await house.host.get('show:end', { params: { showId: sale.showId } });
    await vi.waitFor(async () => expect(await join(waiting)).toBe('SHOW_ENDED'), { timeout: 5_000 });
  });

  it('gives units to those who wait before everybody else, in their order, and one place to each buyer', async () => {
    const [holder, first, second, other] = (await guests(4)) as [
      TestClient,
      TestClient,
      TestClient,
      TestClient,
    ];
    const held = await hold(holder);
    expect([await join(first), await join(second)]).toEqual(['waiting 1', 'waiting 2']);
    expect(await Promise.all([join(second), join(second)])).toEqual(['waiting 2', 'waiting 2']);
    const { sales } = await house.host.get('sale:list', { params: { showId: sale.showId } });
    expect(sales).toMatchObject([{ id: sale.saleId, waiting: 2 }]);
    await holder.get('hold:release', { params: { holdId: held.id } });
    expect(await tryHold(other)).toBe('SOLD_OUT');
    const offered = await eventually(async () => {
      const entry = await entryOf(first);
      expect(entry).toMatchObject({ status: 'offered', place: null });
      return entry;
    });
    expect(await entryOf(second)).toMatchObject({ status: 'waiting', place: 1, offer: null });
    const { holds } = await first.get('hold:list');
    expect(holds).toMatchObject([{ id: offered?.offer?.holdId, expiresAt: offered?.offer?.expiresAt }]);
    // The offer is not taken; the next gets it.
    await untilStatus(first, 'passed');
    await untilStatus(second, 'offered');
    expect(await tryHold(other)).toBe('SOLD_OUT');
    const [mine] = (await second.get('hold:list')).holds;
    if (mine === undefined) throw new Error('a hold was expected');
    await place(second, [mine]);
    await untilStatus(second, 'accepted');
    const told = (await house.entriesOf(sale.showId)).flatMap((entry) =>
      entry.type === 'waitlist:ended' ? [entry.data.status] : [],
    );
    expect(told).toEqual(['passed', 'accepted']);
    expect(await join(second)).toBe('BUYER_LIMIT_REACHED');
    expect(await join(first)).toBe('waiting 1');
  });

  it('is left at will, also with an offer, which then goes to the next; but not with an order', async () => {
    const [holder, first, second, third] = (await guests(4)) as [
      TestClient,
      TestClient,
      TestClient,
      TestClient,
    ];
    const held = await hold(holder);
    for (const client of [first, second, third]) await join(client);
    await leave(first);
    await leave(first);
    await leave(await house.guest());
    await holder.get('hold:release', { params: { holdId: held.id } });
    await untilStatus(second, 'offered');
    await leave(second);
    expect((await second.get('hold:list')).holds).toEqual([]);
    const entry = await untilStatus(third, 'offered');
    const holds = (await third.get('hold:list')).holds;
    expect(holds.map(({ id }) => id)).toEqual([entry?.offer?.holdId]);
    await place(third, holds);
    const params = { showId: sale.showId, saleId: sale.saleId };
    expect(await third.send('waitlist:leave', { params })).toMatchObject({
      error: { code: 'INVALID_TRANSITION' },
    });
    await untilStatus(third, 'accepted');
    await leave(third);
    expect(await entryOf(first)).toMatchObject({ status: 'left', place: null, offer: null });
  });

  it('passes over whoever was banned meanwhile', async () => {
    const [holder, banned, next] = (await guests(3)) as [TestClient, TestClient, TestClient];
    const held = await hold(holder);
    for (const client of [banned, next]) await join(client);
    const { userId } = await banned.renew();
    await house.host.get('user:ban', { params: { showId: sale.showId, userId }, body: {} });
    await holder.get('hold:release', { params: { holdId: held.id } });
    await untilStatus(next, 'offered');
    expect(await entryOf(banned)).toMatchObject({ status: 'passed', offer: null });
    expect((await banned.get('hold:list')).holds).toEqual([]);
    const told = (await house.entriesOf(sale.showId)).filter(({ type }) => type === 'waitlist:ended');
    expect(told).toMatchObject([{ audience: `user:${userId}`, data: { status: 'passed' } }]);
  });

  it('lets everybody buy again once nobody waits any more', async () => {
    const [holder, waiting, other] = (await guests(3)) as [TestClient, TestClient, TestClient];
    const held = await hold(holder);
    await join(waiting);
    await leave(waiting);
    await holder.get('hold:release', { params: { holdId: held.id } });
    expect(await tryHold(other)).toBe('OK');
  });

  it('is served when the host sets more units aside, and viewers see none of them', async () => {
    const [holder, first, second, other] = (await guests(4)) as [
      TestClient,
      TestClient,
      TestClient,
      TestClient,
    ];
    await hold(holder);
    for (const client of [first, second]) await join(client);
    const key = { headers: { 'idempotency-key': createId('command') } };
    const restocked = await house.host.get('sale:restock', { params: sale, body: { units: 2 } }, key);
    expect(restocked.sale).toMatchObject({ units: 3 });
    expect(await tryHold(other)).toBe('SOLD_OUT');
    await untilStatus(first, 'offered');
    await untilStatus(second, 'offered');
    expect(await tryHold(other)).toBe('SOLD_OUT');
  });

  it('tells an offer only to the one who waited', async () => {
    const [holder, waiting] = (await guests(2)) as [TestClient, TestClient];
    const { userId } = await waiting.renew();
    const held = await hold(holder);
    await join(waiting);
    await holder.get('hold:release', { params: { holdId: held.id } });
    await untilStatus(waiting, 'offered');
    const offers = (await house.entriesOf(sale.showId)).filter(({ type }) => type === 'waitlist:offered');
    expect(offers).toMatchObject([{ audience: `user:${userId}`, data: { saleId: sale.saleId } }]);
  });
});
