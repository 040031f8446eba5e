import { createId, productIdSchema } from '@souk/protocol/ids';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestCatalog, draftOf, toDraft, variantOf } from '../testing/test-catalog.ts';
import { startTestTrade, type TestTrade, take, tryTake } from '../testing/test-trade.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(async () => {
  await house.assertInvariants();
  await house.stop();
});

const { params, at, create, tryCreate, update, tryUpdate, archive, receive, goLive } = createTestCatalog(
  () => house,
);
const refusal = (code: string) => ({ ok: false, error: { code } });

describe('a product', () => {
  it('is created with options, weight and size, and labelled by its options', async () => {
    const options = { Colour: 'Forest green', Size: 'M' };
    const sizeMm = { length: 300, width: 200, height: 40 };
    const product = await create({ description: 'Dry.', variants: [{ options, weightGrams: 420, sizeMm }] });
    expect(product).toMatchObject({
      title: 'Rain jacket',
      description: 'Dry.',
      currency: 'EUR',
      isArchived: false,
    });
    expect(variantOf(product)).toMatchObject({ options, weightGrams: 420, sizeMm, available: 0, parts: [] });
    expect(variantOf(product).label).toBe('Forest green / M');
    const { product: again } = await house.merchant.get('desk:product', { params: at(product) });
    expect(again).toEqual(product);
  });

  it('is changed variant by variant: matched by id, added, left out, and brought back by its SKU', async () => {
    const before = await create({ variants: [{ label: 'S' }, { label: 'M' }] });
    const [small, medium] = [variantOf(before, 0), variantOf(before, 1)];
    const added = { sku: createId('variant'), priceMinor: 100, label: 'L' };
    const draft = toDraft(before);
    const changed = await update(before, { ...draft, title: 'Coat', variants: [draft.variants[1], added] });
    expect(changed.title).toBe('Coat');
    expect(changed.variants.map(({ id, label }) => [id === medium.id, label])).toEqual([
      [true, 'M'],
      [false, 'L'],
    ]);
    const back = { sku: small.sku, priceMinor: 4_000, label: 'small' };
    const again = await update(before, {
      ...toDraft(changed),
      variants: [...toDraft(changed).variants, back],
    });
    expect(again.variants.at(-1)).toMatchObject({ id: small.id, label: 'small', priceMinor: 4_000 });
  });

  it('may swap the SKUs of its variants, but not take that of another product', async () => {
    const product = await create({ variants: [{ label: 'S' }, { label: 'M' }] });
    const [one, two] = toDraft(product).variants;
    const swapped = await update(product, {
      ...toDraft(product),
      variants: [
        { ...one, sku: two?.sku },
        { ...two, sku: one?.sku },
      ],
    });
    expect(swapped.variants.map(({ sku }) => sku)).toEqual([two?.sku, one?.sku]);
    const sku = variantOf(product).sku;
    expect(await tryCreate({ variants: [{ sku }] })).toMatchObject(refusal('SKU_TAKEN'));
    expect(await tryCreate({ variants: [{ sku: 'TWICE' }, { sku: 'TWICE' }] })).toMatchObject(
      refusal('SKU_TAKEN'),
    );
    const other = await create();
    expect(await tryUpdate(other, { variants: [{ sku }] })).toMatchObject(refusal('SKU_TAKEN'));
    const race = await Promise.all([1, 2, 3].map(() => tryCreate({ variants: [{ sku: `RACE-${sku}` }] })));
    expect(race.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it.each([
    ['a price of nothing', { priceMinor: 0 }],
    ['half a cent', { priceMinor: 10.5 }],
    ['too many options', { options: { a: '1', b: '1', c: '1', d: '1', e: '1' } }],
    ['an empty SKU', { sku: ' ' }],
    ['a size without a height', { sizeMm: { length: 1, width: 1 } }],
    ['a negative weight', { weightGrams: -1 }],
    ['a null character', { label: 'a\0b' }],
    ['half a character', { label: 'a\ud800' }],
  ])('is refused with %s', async (_name, variant) => {
    const answer = await tryCreate({ variants: [variant] });
    expect(answer).toMatchObject(refusal('INVALID_INPUT'));
  });

  it('is not found in another shop, nor are variants of another product', async () => {
    const product = await create();
    const stranger = { ...params(), productId: createId('product') };
    const body = draftOf();
    expect(await house.merchant.send('product:update', { params: stranger, body })).toMatchObject(
      refusal('PRODUCT_NOT_FOUND'),
    );
    expect(await tryUpdate(product, { variants: [{ id: createId('variant') }] })).toMatchObject(
      refusal('VARIANT_NOT_FOUND'),
    );
    expect(await house.host.send('product:create', { params: params(), body })).toMatchObject(
      refusal('FORBIDDEN'),
    );
  });

  it('that changes during a show changes for its viewers, and for their holds at once', async () => {
    const product = await create({ variants: [{ label: 'M' }] });
    const variantId = variantOf(product).id;
    await receive(variantId, 5);
    const showId = await goLive(product);
    const buyer = await house.guest();
    expect((await take(buyer, showId, { variantId })).lines[0]?.unitPriceMinor).toBe(3_900);
    const draft = toDraft(product);
    await update(product, {
      ...draft,
      title: 'Coat',
      variants: [{ ...draft.variants[0], priceMinor: 2_500 }],
    });
    expect((await take(buyer, showId, { variantId })).lines[0]).toMatchObject({
      unitPriceMinor: 2_500,
      title: 'Coat',
    });
    const state = foldShow(await house.entriesOf(showId));
    expect(state.lineup[0]).toMatchObject({ title: 'Coat', variants: [{ priceMinor: 2_500 }] });
  });
});

describe('an archived product', () => {
  it('leaves the shop and the line-up, cannot be held, and comes back', async () => {
    const [product, other] = [await create({ title: 'Lamp' }), await create({ title: 'Mug' })];
    const variantId = variantOf(product).id;
    await receive(variantId, 5);
    const showId = await goLive(product, other);
    await house.host.get('pin:set', { params: { showId }, body: { productId: product.id } });
    const buyer = await house.guest();
    const held = await take(buyer, showId, { variantId });
    expect(await archive(product, true)).toMatchObject({ ok: true, data: { product: { isArchived: true } } });
    expect(await tryTake(buyer, showId, { variantId })).toBe('VARIANT_NOT_FOUND');
    expect((await buyer.get('hold:list')).holds.map(({ id }) => id)).toContain(held.id);
    const state = foldShow(await house.entriesOf(showId));
    expect(state.lineup.map(({ id }) => id)).toEqual([other.id]);
    expect(state.pinnedProductId).toBeNull();
    expect(await buyer.send('product:get', { params: { productId: product.id } })).toMatchObject(
      refusal('PRODUCT_NOT_FOUND'),
    );
    const body = { productIds: [product.id] };
    expect(await house.host.send('lineup:set', { params: { showId }, body })).toMatchObject(
      refusal('PRODUCT_NOT_FOUND'),
    );
    await archive(product, false);
    await house.host.get('lineup:set', { params: { showId }, body });
    expect((await buyer.get('product:get', { params: { productId: product.id } })).liveShows).toMatchObject([
      { id: showId },
    ]);
  });

  it('cannot be archived while it is in a sale, nor can its variant be left out', async () => {
    const product = await create({ variants: [{ label: 'S' }, { label: 'M' }] });
    const variantId = variantOf(product).id;
    await receive(variantId, 5);
    const showId = await goLive(product);
    const saleId = await house.startSale(showId, variantId, { units: 2 });
    expect(await archive(product, true)).toMatchObject(refusal('INVALID_TRANSITION'));
    const rest = { ...toDraft(product), variants: toDraft(product).variants.slice(1) };
    expect(await tryUpdate(product, rest)).toMatchObject(refusal('INVALID_TRANSITION'));
    await house.host.get('sale:stop', { params: { showId, saleId } });
    expect((await update(product, rest)).variants).toHaveLength(1);
  });
});

describe('the lists', () => {
  it('go through all products once, page by page, also for everybody', async () => {
    const titles = Array.from({ length: 7 }, (_, n) => `Paged ${n}`);
    for (const title of titles) await create({ title });
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const query = { limit: 3, search: 'paged', ...(cursor === undefined ? {} : { cursor }) };
      const page = await house.merchant.get('desk:products', { params: params(), query });
      seen.push(...page.products.map(({ title }) => title));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(titles);
    const { products, nextCursor } = await house.host.get('product:list', {
      params: params(),
      query: { limit: 2 },
    });
    expect(products).toHaveLength(2);
    const { merchantId } = params();
    const guest = await house.guest();
    const shop = await guest.get('shop:get', {
      params: { merchantId },
      query: { limit: 2, cursor: nextCursor ?? '' },
    });
    expect(shop.merchant).toMatchObject({ id: merchantId, name: 'Test & Co' });
    expect(shop.products.map(({ id }) => id)).not.toEqual(products.map(({ id }) => id));
  });

  it('find titles and SKUs, and take wildcards for themselves', async () => {
    const sku = `50%_off\\${createId('variant')}`;
    const product = await create({ title: 'Needle', variants: [{ sku }] });
    const find = async (search: string) =>
      (await house.merchant.get('desk:products', { params: params(), query: { search } })).products.map(
        ({ id }) => id,
      );
    expect(await find(sku.slice(0, 12).toUpperCase())).toEqual([product.id]);
    expect(await find('nEEdle')).toEqual([product.id]);
    expect(await find('%_%_%')).toEqual([]);
    const stock = await house.merchant.get('stock:list', { params: params(), query: { search: sku } });
    expect(stock.stock.map(({ productId }) => productId)).toEqual([product.id]);
    const nothing = await house.merchant.send('stock:list', { params: params(), query: { search: 'a\0' } });
    expect(nothing).toMatchObject(refusal('INVALID_INPUT'));
  });

  it('show archived products apart, and refuse cursors that they did not give', async () => {
    const product = await create({ title: 'Put away' });
    await archive(product, true);
    const list = async (archived: 'yes' | 'no') =>
      (
        await house.merchant.get('desk:products', {
          params: params(),
          query: { archived, search: 'Put away' },
        })
      ).products;
    expect(await list('yes')).toMatchObject([{ id: product.id, isArchived: true }]);
    expect(await list('no')).toEqual([]);
    for (const cursor of ['nonsense', 'WzEsMl0', 'bnVsbA', '__', 'WzFlMzAwLCJhIl0']) {
      const query = { cursor };
      expect(await house.host.send('product:list', { params: params(), query })).toMatchObject(
        refusal('INVALID_INPUT'),
      );
      expect(await house.merchant.send('stock:list', { params: params(), query })).toMatchObject(
        refusal('INVALID_INPUT'),
      );
    }
    const guest = await house.guest();
    const unknown = { merchantId: createId('merchant') };
    expect(await guest.send('shop:get', { params: unknown })).toMatchObject(refusal('MERCHANT_NOT_FOUND'));
    const productId = productIdSchema.parse(createId('product'));
    expect(await guest.send('product:get', { params: { productId } })).toMatchObject(
      refusal('PRODUCT_NOT_FOUND'),
    );
  });
});
