import { createId } from '@souk/protocol/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestCatalog, variantOf } from '../testing/test-catalog.ts';
import { place, startTestTrade, type TestTrade, take, withKey } from '../testing/test-trade.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

const { params, create, goLive, archive, receive } = createTestCatalog(() => house);
const refusal = (code: string) => ({ ok: false, error: { code } });
const newVariant = async () => ({ ...params(), variantId: variantOf(await create()).id });

describe('stock:receive', () => {
  it('counts the same key once, also when it is pressed ten times at once', async () => {
    const at = await newVariant();
    const key = createId('command');
    const press = () =>
      house.merchant.send(
        'stock:receive',
        { params: at, body: { quantity: 7, reason: 'pallet' } },
        withKey(key),
      );
    const answers = await Promise.all(Array.from({ length: 10 }, press));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(await press()).toMatchObject({ ok: true, data: { stock: { onHand: 7 } } });
    const other = { params: at, body: { quantity: 8, reason: 'pallet' } };
    expect(await house.merchant.send('stock:receive', other, withKey(key))).toMatchObject(
      refusal('IDEMPOTENCY_KEY_REUSED'),
    );
    expect(await house.merchant.send('stock:receive', other)).toMatchObject(
      refusal('IDEMPOTENCY_KEY_REQUIRED'),
    );
    const second = await newVariant();
    await house.merchant.get('stock:receive', { params: second, body: { quantity: 1 } }, withKey(key));
    expect(await house.stockOf(at.variantId)).toMatchObject({ onHand: 7 });
  });

  it.each([0, -1, 1.5, 1_000_001])('refuses %d units', async (quantity) => {
    const at = await newVariant();
    expect(
      await house.merchant.send('stock:receive', { params: at, body: { quantity } }, withKey()),
    ).toMatchObject(refusal('INVALID_INPUT'));
  });

  it('finds no variant of another shop', async () => {
    const at = { ...params(), variantId: createId('variant') };
    expect(
      await house.merchant.send('stock:receive', { params: at, body: { quantity: 1 } }, withKey()),
    ).toMatchObject(refusal('VARIANT_NOT_FOUND'));
    expect(await house.merchant.send('stock:movements', { params: at })).toMatchObject(
      refusal('VARIANT_NOT_FOUND'),
    );
  });
});

describe('stock:movements', () => {
  it('tells who did what, page by page, and names no buyers', async () => {
    const product = await create();
    const { id: variantId } = variantOf(product);
    const at = { ...params(), variantId };
    await receive(variantId, 20);
    const showId = await goLive(product);
    const saleId = await house.startSale(showId, variantId, { units: 5 });
    const buyer = await house.guest();
    const order = await place(buyer, [await take(buyer, showId, { variantId, saleId })]);
    const { movements } = await house.merchant.get('stock:movements', { params: at });
    expect(movements).toMatchObject([
      { kind: 'reserve', reservedDelta: 1, allocatedDelta: -1, saleId, orderId: order.id, actorName: null },
      { kind: 'allocate', allocatedDelta: 5, saleId },
      { kind: 'receive', onHandDelta: 20, actorName: 'merchant' },
    ]);
    for (let n = 0; n < 105; n += 1)
      await house.merchant.get('stock:adjust', {
        params: at,
        body: { delta: n % 2 === 0 ? 1 : -1, reason: `${n}` },
      });
    const first = await house.merchant.get('stock:movements', { params: at });
    expect([first.movements.length, first.movements[0]?.reason]).toEqual([100, '104']);
    const query = { before: first.next };
    const second = await house.merchant.get('stock:movements', { params: at, query });
    expect(second.movements.length).toBe(8);
    expect(second.next).toBeNull();
    const sum = [...first.movements, ...second.movements].reduce((units, one) => units + one.onHandDelta, 0);
    expect(await house.stockOf(variantId)).toMatchObject({ onHand: sum });
  }, 60_000);
});

describe('stock:list', () => {
  it('goes through all variants once, and keeps what is archived while units are on the shelf', async () => {
    const products = [];
    for (let n = 0; n < 3; n += 1)
      products.push(await create({ title: `Shelf ${n}`, variants: [{ label: 'S' }, { label: 'M' }] }));
    const [first, second] = products;
    if (first === undefined || second === undefined) throw new Error('three were made');
    await receive(variantOf(first).id, 2);
    await archive(first, true);
    await archive(second, true);
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const query = { limit: 2, search: 'shelf', ...(cursor === undefined ? {} : { cursor }) };
      const page: { stock: { productTitle: string }[]; nextCursor: string | null } = await house.merchant.get(
        'stock:list',
        { params: params(), query },
      );
      seen.push(...page.stock.map(({ productTitle }) => productTitle));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(['Shelf 0', 'Shelf 2', 'Shelf 2']);
  });
});
