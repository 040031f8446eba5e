import type { Sale } from '@souk/protocol/http/sales';
import { createId, type SaleId, type ShowId, type VariantId } from '@souk/protocol/ids';
import { eventually } from '@souk/runtime/testing/eventually';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sales } from '../db/schema/sales.ts';
import { createTestNode } from '../testing/test-node.ts';
import { startTestTrade, type TestTrade, tryTake } from '../testing/test-trade.ts';

let house: TestTrade;
let showId: ShowId;
let variantId: VariantId;
beforeAll(async () => {
  house = await startTestTrade({ HOLD_SECONDS: '5' });
});
beforeEach(async () => {
  ({ showId, variantId } = await house.goLive());
});
afterAll(async () => {
  await house.trade.jobs.sweepHolds();
  await house.assertInvariants();
  await house.stop();
});

const wish = { units: 5, priceMinor: 1_900, perBuyerLimit: 1, seconds: 60 };
const start = (change: object) =>
  house.host.send('sale:start', { params: { showId }, body: { ...wish, variantId, ...change } as never });
const started = async (change: object): Promise<Sale> => {
  const answer = await start(change);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.data.sale;
};
const codeOf = async (change: object): Promise<string> => {
  const answer = await start(change);
  return answer.ok ? answer.data.sale.status : answer.error.code;
};
const listed = async (saleId: SaleId): Promise<Sale | undefined> =>
  (await house.host.get('sale:list', { params: { showId } })).sales.find(({ id }) => id === saleId);
const untilStatus = (saleId: SaleId, status: Sale['status']) =>
  vi.waitFor(async () => expect((await listed(saleId))?.status).toBe(status), {
    timeout: 15_000,
    interval: 25,
  });
const typesOf = async (): Promise<string[]> =>
  (await house.entriesOf(showId)).map(({ type }) => type).filter((type) => type.startsWith('sale:'));
/** As if that much time had passed for the sale. */
const shift = async (saleId: SaleId, byMs: number): Promise<void> => {
  const { orm } = house.commerce.foundation.db;
  const [row] = await orm.select().from(sales).where(eq(sales.id, saleId));
  if (row === undefined) throw new Error('a sale was expected');
  const [announceAt, startsAt, endsAt] = [row.announceAt - byMs, row.startsAt - byMs, row.endsAt - byMs];
  await orm
    .update(sales)
    .set({ announceAt, startsAt, endsAt, version: row.version + 1, updatedAt: Date.now() })
    .where(eq(sales.id, saleId));
};

describe('a scheduled sale', () => {
  it('sets its units aside at once, is announced, begins at its instant, and tells each once', async () => {
    const before = await house.stockOf(variantId);
    const sale = await started({ startsAt: Date.now() + 4_000, countdownSeconds: 2 });
    expect(sale).toMatchObject({ status: 'scheduled', units: 5, claimed: 0, endReason: null, waiting: 0 });
    expect((await house.stockOf(variantId)).available).toBe(before.available - 5);
    const [secret] = (await house.entriesOf(showId)).filter(({ type }) => type === 'sale:scheduled');
    expect(secret?.audience).toBe('staff');
    await untilStatus(sale.id, 'announced');
    const guest = await house.guest();
    expect(await tryTake(guest, showId, { variantId, saleId: sale.id })).toBe('SALE_NOT_OPEN');
    await vi.waitFor(
      async () => expect(await tryTake(guest, showId, { variantId, saleId: sale.id })).toBe('OK'),
      { timeout: 15_000, interval: 25 },
    );
    expect(Date.now()).toBeGreaterThanOrEqual(sale.startsAt);
    await untilStatus(sale.id, 'running');
    expect(await typesOf()).toEqual(['sale:scheduled', 'sale:announced', 'sale:started']);
  });

  it('may be written before the show is on air, and ends when the show is not on air by then', async () => {
    const draft = await house.host.get('show:create', {
      body: { merchantId: house.shop.merchantId, title: 'Later', productIds: [...house.shop.productIds] },
    });
    const [card] = draft.lineup;
    showId = draft.show.id;
    variantId = card?.variants[0]?.id ?? variantId;
    expect(await codeOf({})).toBe('SHOW_NOT_LIVE');
    const before = await house.stockOf(variantId);
    const sale = await started({ startsAt: Date.now() + 1_500 });
    expect(sale.status).toBe('scheduled');
    await untilStatus(sale.id, 'ended');
    expect((await listed(sale.id))?.endReason).toBe('show-not-live');
    expect(await house.stockOf(variantId)).toEqual(before);
    expect(await typesOf()).toEqual(['sale:scheduled', 'sale:ended']);
  });

  it('is refused in the past, too far ahead, and where viewers would see two sales of a variant at once', async () => {
    const at = Date.now() + 3_600_000;
    expect(await codeOf({ startsAt: Date.now() - 1 })).toBe('INVALID_INPUT');
    expect(await codeOf({ startsAt: Date.now() + 31 * 86_400_000 })).toBe('INVALID_INPUT');
    expect(await codeOf({ startsAt: at, countdownSeconds: 60 })).toBe('scheduled');
    expect(await codeOf({ startsAt: at + 59_000 })).toBe('SALE_ALREADY_RUNNING');
    expect(await codeOf({ startsAt: at - 119_000 })).toBe('SALE_ALREADY_RUNNING');
    expect(await codeOf({ startsAt: at - 120_000 })).toBe('scheduled');
    expect(await codeOf({ startsAt: at + 60_000 })).toBe('scheduled');
    expect(await codeOf({})).toBe('running');
    const { sales: list } = await house.host.get('sale:list', { params: { showId } });
    expect(list.map(({ status }) => status)).toEqual(['scheduled', 'scheduled', 'scheduled', 'running']);
  });

  it('is taken back by a stop, and by the end of its show', async () => {
    const before = await house.stockOf(variantId);
    const first = await started({ startsAt: Date.now() + 3_600_000 });
    const second = await started({ startsAt: Date.now() + 7_200_000 });
    await house.host.get('sale:stop', { params: { showId, saleId: first.id } });
    await house.host.get('sale:stop', { params: { showId, saleId: first.id } });
    expect(await listed(first.id)).toMatchObject({ status: 'ended', endReason: 'stopped' });
    await house.host.get('show:end', { params: { showId } });
    expect(await listed(second.id)).toMatchObject({ status: 'ended', endReason: 'show-ended' });
    await eventually(async () => expect(await house.stockOf(variantId)).toEqual(before));
    expect((await typesOf()).filter((type) => type === 'sale:ended')).toHaveLength(2);
  });

  it('is moved on by the sweeper when its jobs got lost, also long afterwards', async () => {
    const node = createTestNode(house);
    const sale = await started({ startsAt: Date.now() + 3_600_000, countdownSeconds: 300 });
    await shift(sale.id, 3_600_000 - 200_000);
    await node.sales.sweepSales();
    expect((await listed(sale.id))?.status).toBe('announced');
    await shift(sale.id, 210_000);
    await node.sales.sweepSales();
    expect((await listed(sale.id))?.status).toBe('running');
    await shift(sale.id, 60_000);
    await node.sales.sweepSales();
    expect(await listed(sale.id)).toMatchObject({ status: 'ended', endReason: 'time-up' });
    expect(await typesOf()).toEqual(['sale:scheduled', 'sale:announced', 'sale:started', 'sale:ended']);
    await node.stop();
  });

  it('begins once, however many nodes begin it at once, and its jobs do nothing before their time', async () => {
    const nodes = [createTestNode(house), createTestNode(house), createTestNode(house)];
    const sale = await started({ startsAt: Date.now() + 3_600_000 });
    const payload = { saleId: sale.id };
    await nodes[0]?.sales.jobs.announceSale(payload);
    await nodes[0]?.sales.jobs.beginSale(payload);
    await nodes[0]?.sales.jobs.endSale(payload);
    expect((await listed(sale.id))?.status).toBe('scheduled');
    await shift(sale.id, 3_601_000);
    await Promise.all(
      nodes.flatMap((node) => [node, node]).map((node) => node.sales.jobs.beginSale(payload)),
    );
    expect((await listed(sale.id))?.status).toBe('running');
    expect(await typesOf()).toEqual(['sale:scheduled', 'sale:started']);
    await Promise.all(nodes.map((node) => node.stop()));
  });
});

describe('a countdown', () => {
  it('is seen by viewers at once, and its counts are in Redis before the first buyer comes', async () => {
    const sale = await started({ countdownSeconds: 2 });
    expect(sale).toMatchObject({ status: 'announced', startsAt: sale.announceAt + 2_000 });
    const { redis } = house.commerce.foundation;
    const prefix = `souk:{${house.shop.merchantId}}:`;
    expect(await redis.hget(`${prefix}pools`, `${sale.id}|supply`)).toBe('5');
    expect(await redis.hmget(`${prefix}sale:${sale.id}`, 'startsAt', 'endsAt', 'limit')).toEqual([
      String(sale.startsAt),
      String(sale.endsAt),
      '1',
    ]);
    expect(await codeOf({})).toBe('SALE_ALREADY_RUNNING');
    await untilStatus(sale.id, 'running');
    expect(await typesOf()).toEqual(['sale:announced', 'sale:started']);
  });

  it('does not wait for its job: buyers may hold from its end on', async () => {
    const sale = await started({ countdownSeconds: 300 });
    // The start is moved in Redis only, as if the job were late.
    const key = `souk:{${house.shop.merchantId}}:sale:${sale.id}`;
    await house.commerce.foundation.redis.hset(key, 'startsAt', Date.now() - 1_000);
    expect(await tryTake(await house.guest(), showId, { variantId, saleId: sale.id })).toBe('OK');
    expect((await listed(sale.id))?.status).toBe('announced');
    await house.host.get('sale:stop', { params: { showId, saleId: sale.id } });
  });
});

describe('sale:stop', () => {
  it('refuses a sale of another show', async () => {
    const sale = await started({ startsAt: Date.now() + 3_600_000 });
    const other = await house.goLive();
    const params = { showId: other.showId, saleId: sale.id };
    expect(await house.host.send('sale:stop', { params })).toMatchObject({
      error: { code: 'SALE_NOT_FOUND' },
    });
    const unknown = { showId, saleId: createId('sale') };
    expect(await house.host.send('sale:stop', { params: unknown })).toMatchObject({
      error: { code: 'SALE_NOT_FOUND' },
    });
  });
});
