import type { DeskProduct } from '@souk/protocol/http/catalog';
import type { ShowId } from '@souk/protocol/ids';
import { eventually } from '@souk/runtime/testing/eventually';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestCatalog, toDraft, variantOf } from '../testing/test-catalog.ts';
import type { TestClient } from '../testing/test-client.ts';
import {
  cards,
  pay,
  place,
  startTestTrade,
  type TestTrade,
  take,
  tryTake,
  untilOrder,
} from '../testing/test-trade.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

const { params, create, update, tryCreate, tryUpdate, archive, receive, goLive } = createTestCatalog(
  () => house,
);
const refusal = (code: string) => ({ ok: false, error: { code } });

interface Set {
  readonly jacket: DeskProduct;
  readonly scarf: DeskProduct;
  readonly bundle: DeskProduct;
  readonly showId: ShowId;
}

/** A bundle of one jacket and two scarves, on air with its parts. */
async function goLiveWithBundle(jackets: number, scarves: number): Promise<Set> {
  const jacket = await create({ title: 'Jacket', variants: [{ label: 'M' }] });
  const scarf = await create({ title: 'Scarf' });
  await receive(variantOf(jacket).id, jackets);
  await receive(variantOf(scarf).id, scarves);
  const parts = [
    { variantId: variantOf(jacket).id, quantity: 1 },
    { variantId: variantOf(scarf).id, quantity: 2 },
  ];
  const bundle = await create({ title: 'Rainy day set', variants: [{ parts, priceMinor: 9_900 }] });
  return { jacket, scarf, bundle, showId: await goLive(jacket, scarf, bundle) };
}

const cardOf = async (guest: TestClient, { id }: DeskProduct) =>
  (await guest.get('product:get', { params: { productId: id } })).product.variants[0];

describe('a bundle', () => {
  it('shows what it is made of, and has as many as its scarcest part makes', async () => {
    const { bundle, jacket, scarf } = await goLiveWithBundle(10, 7);
    const guest = await house.guest();
    expect(await cardOf(guest, bundle)).toMatchObject({
      available: 3,
      contents: ['1 × Jacket · M', '2 × Scarf'],
    });
    expect(variantOf(bundle)).toMatchObject({
      available: 3,
      parts: [
        { variantId: variantOf(jacket).id, quantity: 1, title: 'Jacket', label: 'M' },
        { variantId: variantOf(scarf).id, quantity: 2 },
      ],
    });
    const query = { search: variantOf(bundle).sku };
    expect((await house.merchant.get('stock:list', { params: params(), query })).stock).toEqual([]);
  });

  it('draws on the pools of its parts, together with what is bought of them', async () => {
    const { bundle, jacket, scarf, showId } = await goLiveWithBundle(3, 5);
    const [one, other] = [await house.guest(), await house.guest()];
    const bundleId = variantOf(bundle).id;
    const hold = await take(one, showId, { variantId: bundleId, quantity: 2 });
    expect(hold.lines[0]?.parts).toHaveLength(2);
    expect(await tryTake(other, showId, { variantId: bundleId })).toBe('SOLD_OUT');
    expect(await tryTake(other, showId, { variantId: variantOf(scarf).id, quantity: 2 })).toBe('SOLD_OUT');
    expect(await tryTake(other, showId, { variantId: variantOf(scarf).id })).toBe('OK');
    expect(await tryTake(other, showId, { variantId: variantOf(jacket).id })).toBe('OK');
    const { redis } = house.commerce.foundation;
    const level = () => redis.hget(`souk:{${showId}}:levels`, `stock:${bundleId}`);
    await eventually(async () => expect(await level()).toBe('0'));
    await one.get('hold:release', { params: { holdId: hold.id } });
    await eventually(async () => expect(await level()).toBe('2'));
  });

  it('that is ordered moves the stock of its parts, and gives it back', async () => {
    const { bundle, jacket, scarf, showId } = await goLiveWithBundle(3, 6);
    const buyer = await house.guest();
    const order = await place(buyer, [
      await take(buyer, showId, { variantId: variantOf(bundle).id, quantity: 2 }),
    ]);
    expect(order.lines).toMatchObject([
      { variantId: variantOf(bundle).id, quantity: 2, unitPriceMinor: 9_900 },
    ]);
    expect(await house.stockOf(variantOf(jacket).id)).toMatchObject({ onHand: 3, reserved: 2 });
    expect(await house.stockOf(variantOf(scarf).id)).toMatchObject({ onHand: 6, reserved: 4 });
    await buyer.get('order:cancel', { params: { orderId: order.id } });
    expect(await house.stockOf(variantOf(scarf).id)).toMatchObject({ onHand: 6, reserved: 0 });
    const again = await place(buyer, [await take(buyer, showId, { variantId: variantOf(bundle).id })]);
    await pay(buyer, again, cards.pays);
    await untilOrder(buyer, again, 'dispatched');
    expect(await house.stockOf(variantOf(jacket).id)).toMatchObject({ onHand: 2, reserved: 0 });
    expect(await house.stockOf(variantOf(scarf).id)).toMatchObject({ onHand: 4, reserved: 0 });
  });

  it('that is changed while it is held is ordered as it was held', async () => {
    const { bundle, jacket, scarf, showId } = await goLiveWithBundle(3, 6);
    const buyer = await house.guest();
    const hold = await take(buyer, showId, { variantId: variantOf(bundle).id });
    const draft = toDraft(bundle);
    const parts = [{ variantId: variantOf(scarf).id, quantity: 1 }];
    await update(bundle, { ...draft, variants: [{ ...draft.variants[0], parts }] });
    await place(buyer, [hold]);
    expect(await house.stockOf(variantOf(jacket).id)).toMatchObject({ reserved: 1 });
    expect(await house.stockOf(variantOf(scarf).id)).toMatchObject({ reserved: 2 });
    expect((await take(buyer, showId, { variantId: variantOf(bundle).id })).lines[0]?.parts).toEqual(parts);
  });

  it('may be in a flash sale, which sets units of its parts aside', async () => {
    const { bundle, jacket, scarf, showId } = await goLiveWithBundle(5, 8);
    const bundleId = variantOf(bundle).id;
    const saleId = await house.startSale(showId, bundleId, { units: 3, perBuyerLimit: 2, priceMinor: 5_000 });
    expect(await house.stockOf(variantOf(jacket).id)).toMatchObject({ allocated: 3 });
    expect(await house.stockOf(variantOf(scarf).id)).toMatchObject({ allocated: 6 });
    const buyer = await house.guest();
    const order = await place(buyer, [
      await take(buyer, showId, { variantId: bundleId, saleId, quantity: 2 }),
    ]);
    expect(order.lines[0]?.unitPriceMinor).toBe(5_000);
    expect(await house.stockOf(variantOf(scarf).id)).toMatchObject({ allocated: 2, reserved: 4 });
    const other = await house.guest();
    expect(await tryTake(other, showId, { variantId: bundleId, quantity: 2 })).toBe('SOLD_OUT');
    expect(await tryTake(other, showId, { variantId: bundleId })).toBe('OK');
    await house.host.get('sale:stop', { params: { showId, saleId } });
    await vi.waitFor(
      async () =>
        expect(await house.stockOf(variantOf(scarf).id)).toMatchObject({ allocated: 0, reserved: 4 }),
      { timeout: 20_000 },
    );
  });

  it('and its parts are never sold twice, whoever presses', async () => {
    const { bundle, jacket, scarf, showId } = await goLiveWithBundle(30, 40);
    const wanted = [bundle, jacket, scarf].map((product) => variantOf(product).id);
    const buyers = await Promise.all(Array.from({ length: 200 }, () => house.guest()));
    const codes = await Promise.all(
      buyers.map(async (buyer, n) => {
        const variantId = wanted[n % 3] ?? variantOf(bundle).id;
        const answer = await buyer.send('hold:take', {
          params: { showId },
          body: { lines: [{ variantId, saleId: null, quantity: 1 }] },
        });
        if (!answer.ok) return answer.error.code;
        return n % 2 === 0 ? (await place(buyer, [answer.data.hold])).status : 'held';
      }),
    );
    expect(new Set(codes)).toEqual(new Set(['SOLD_OUT', 'held', 'pending_payment']));
    const { redis } = house.commerce.foundation;
    for (const [product, units] of [
      [jacket, 30],
      [scarf, 40],
    ] as const) {
      const { id } = variantOf(product);
      const { reserved, onHand } = await house.stockOf(id);
      const held = Number(await redis.hget(`souk:{${params().merchantId}}:pools`, `${id}|held`));
      expect(onHand).toBe(units);
      expect(reserved + held).toBeLessThanOrEqual(units);
    }
    const left = await house.stockOf(variantOf(scarf).id);
    expect(left.available).toBeGreaterThanOrEqual(0);
  }, 60_000);

  it('is refused when it is made of what it cannot be made of', async () => {
    const { bundle, jacket, scarf } = await goLiveWithBundle(1, 2);
    const of = (...parts: object[]) => ({ variants: [{ parts }] });
    const part = (product: DeskProduct) => ({ variantId: variantOf(product).id, quantity: 1 });
    expect(await tryCreate(of(part(bundle)))).toMatchObject(refusal('INVALID_BUNDLE'));
    expect(await tryCreate(of(part(jacket), part(jacket)))).toMatchObject(refusal('INVALID_BUNDLE'));
    expect(await tryCreate(of({ ...part(jacket), quantity: 0 }))).toMatchObject(refusal('INVALID_INPUT'));
    expect(await tryCreate(of({ ...part(jacket), quantity: 21 }))).toMatchObject(refusal('INVALID_INPUT'));
    expect(await tryCreate(of({ ...part(jacket), variantId: 'var_nope' }))).toMatchObject(
      refusal('INVALID_INPUT'),
    );
    const gone = await create();
    await archive(gone, true);
    expect(await tryCreate(of(part(gone)))).toMatchObject(refusal('INVALID_BUNDLE'));
    const own = { ...toDraft(bundle).variants[0], parts: [part(bundle)] };
    expect(await tryUpdate(bundle, { variants: [own] })).toMatchObject(refusal('INVALID_BUNDLE'));
    const stocked = { ...toDraft(jacket).variants[0], parts: [part(scarf)] };
    expect(await tryUpdate(jacket, { variants: [stocked] })).toMatchObject(refusal('INVALID_BUNDLE'));
    expect(await archive(jacket, true)).toMatchObject(refusal('INVALID_BUNDLE'));
    const at = { ...params(), variantId: variantOf(bundle).id };
    const body = { delta: 5, reason: 'found' };
    expect(await house.merchant.send('stock:adjust', { params: at, body })).toMatchObject(
      refusal('INVALID_BUNDLE'),
    );
    await archive(bundle, true);
    expect(await archive(jacket, true)).toMatchObject({ ok: true });
    expect(await archive(bundle, false)).toMatchObject(refusal('INVALID_BUNDLE'));
  });
});
