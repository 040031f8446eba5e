import type { DeskProduct } from '@souk/protocol/http/catalog';
import { createId, type PictureId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestCatalog, variantOf } from '../testing/test-catalog.ts';
import { jpegOf, pngOf, webpOf } from '../testing/test-images.ts';
import { place, startTestTrade, type TestTrade, take } from '../testing/test-trade.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(() => house.stop());

const { at, create, receive, goLive } = createTestCatalog(() => house);
const refusal = (code: string) => ({ ok: false, error: { code } });
const send = (product: DeskProduct, bytes: Buffer) =>
  house.merchant.send('picture:add', { params: at(product), body: { dataBase64: bytes.toString('base64') } });
const add = async (product: DeskProduct, bytes: Buffer): Promise<DeskProduct> => {
  const answer = await send(product, bytes);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.data.product;
};
const arrange = (product: DeskProduct, pictureIds: readonly PictureId[]) =>
  house.merchant.send('picture:arrange', { params: at(product), body: { pictureIds: [...pictureIds] } });
const fetchPicture = (url: string, headers: Record<string, string> = {}) =>
  house.commerce.http.inject({ url, headers });

describe('pictures of a product', () => {
  it('are served for ever as what their bytes are, and run nothing', async () => {
    const product = await create();
    const upload = jpegOf(800, 600);
    const [picture] = (await add(product, upload)).pictures;
    const served = await fetchPicture(picture?.url ?? '');
    expect(served.statusCode).toBe(200);
    expect(served.rawPayload.equals(upload)).toBe(true);
    expect(served.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    const again = await fetchPicture(picture?.url ?? '', { 'if-none-match': String(served.headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('have a stand-in where there are none, and are not found where there never were any', async () => {
    const product = await create();
    const { product: card } = await (await house.guest()).get('product:get', {
      params: { productId: product.id },
    });
    expect(card.pictureUrl).toBe('/api/pictures/none');
    expect((await fetchPicture(card.pictureUrl)).headers['content-type']).toBe('image/svg+xml');
    for (const file of [createId('picture'), 'nonsense', '..%2Fnone', product.id]) {
      const answer = await fetchPicture(`/api/pictures/${file}`);
      expect([answer.statusCode, answer.headers['cache-control']]).toEqual([404, 'no-store']);
    }
  });

  it('are put in order: the first is the cover, in the shows too, and what is left out is gone', async () => {
    const product = await create();
    const showId = await goLive(product);
    await add(product, pngOf(10, 10));
    await add(product, jpegOf(20, 20));
    const { pictures } = await add(product, webpOf('VP8X', 30, 30));
    const [first, second, third] = pictures;
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('three were added');
    expect(await arrange(product, [third.id, first.id])).toMatchObject({
      ok: true,
      data: { product: { pictures: [third, first] } },
    });
    const page = await (await house.guest()).get('product:get', { params: { productId: product.id } });
    expect(page.pictureUrls).toEqual([third.url, first.url]);
    expect(page.product.pictureUrl).toBe(third.url);
    expect((await fetchPicture(second.url)).statusCode).toBe(404);
    const state = foldShow(await house.entriesOf(showId));
    expect(state.lineup[0]?.pictureUrl).toBe(third.url);
    expect(await arrange(product, [second.id])).toMatchObject(refusal('PICTURE_NOT_FOUND'));
    expect(await arrange(product, [first.id, first.id])).toMatchObject(refusal('INVALID_INPUT'));
    await arrange(product, []);
    const bare = await (await house.guest()).get('product:get', { params: { productId: product.id } });
    expect(bare.product.pictureUrl).toBe('/api/pictures/none');
  });

  it('that stand in an order can still be seen there when they are removed', async () => {
    const product = await create();
    await receive(variantOf(product).id, 1);
    const { pictures } = await add(product, pngOf(10, 10));
    const showId = await goLive(product);
    const buyer = await house.guest();
    const order = await place(buyer, [await take(buyer, showId, { variantId: variantOf(product).id })]);
    expect(order.lines[0]?.pictureUrl).toBe(pictures[0]?.url);
    expect(await arrange(product, [])).toMatchObject({ ok: true, data: { product: { pictures: [] } } });
    expect((await fetchPicture(pictures[0]?.url ?? '')).statusCode).toBe(200);
  });

  it.each([
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'UNSUPPORTED_MEDIA_TYPE'],
    ['a page', Buffer.from('<!doctype html><script>1</script>'), 'UNSUPPORTED_MEDIA_TYPE'],
    ['nothing', Buffer.alloc(0), 'UNSUPPORTED_MEDIA_TYPE'],
    ['a picture without a height', pngOf(10, 0), 'INVALID_INPUT'],
    ['a picture of more pixels than a phone opens', pngOf(9_000, 9_000), 'INVALID_INPUT'],
    ['a picture that is wider than any page', pngOf(100_000, 1), 'INVALID_INPUT'],
  ])('do not take %s', async (_name, bytes, code) => {
    expect(await send(await create(), bytes)).toMatchObject(refusal(code));
  });

  it('are bounded in bytes and number', async () => {
    const product = await create();
    const full = Buffer.concat([pngOf(10, 10), Buffer.alloc(limits.pictureBytes - 64)]);
    expect(await send(product, full)).toMatchObject({ ok: true });
    expect(await send(product, Buffer.concat([full, Buffer.alloc(3)]))).toMatchObject(
      refusal('INVALID_INPUT'),
    );
    const all = await Promise.all(
      Array.from({ length: limits.picturesPerProduct + 2 }, () => send(product, pngOf(10, 10))),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(limits.picturesPerProduct - 1);
    const dataBase64 = 'not base64!';
    expect(
      await house.merchant.send('picture:add', { params: at(product), body: { dataBase64 } }),
    ).toMatchObject(refusal('INVALID_INPUT'));
  });
});
