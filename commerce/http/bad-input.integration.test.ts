import { httpCommands } from '@souk/protocol/commands/http-commands';
import { createId } from '@souk/protocol/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestClient, type TestClient } from '../testing/test-client.ts';
import { startTestCommerce, type TestCommerce } from '../testing/test-commerce.ts';
import { createTestShop, TEST_PASSWORD, type TestShop } from '../testing/test-shop.ts';

let commerce: TestCommerce;
let shop: TestShop;
let host: TestClient;

beforeAll(async () => {
  commerce = await startTestCommerce();
  shop = await createTestShop(commerce.foundation);
  host = createTestClient(commerce.http);
  await host.login('host@souk.test', TEST_PASSWORD);
});
afterAll(() => commerce.stop());

const refusal = (code: string) => ({ ok: false, error: { code } });
const post = (url: string, payload: string, contentType = 'application/json') =>
  commerce.http.inject({ method: 'POST', url, payload, headers: { 'content-type': contentType } });

describe('bad input', () => {
  it('names the fields that do not fit', async () => {
    const answer = await post('/api/auth/login', JSON.stringify({ email: 'no', password: '', extra: 1 }));
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject(refusal('INVALID_INPUT'));
    expect(answer.json().error.issues.map((issue: { path: string }) => issue.path)).toContain('email');
  });

  it.each(['{', 'null', '[]', '"text"'])('refuses the body %s', async (payload) => {
    expect((await post('/api/auth/login', payload)).json()).toMatchObject(refusal('INVALID_INPUT'));
  });

  it('refuses a body of another content type', async () => {
    const answer = await post('/api/auth/login', '<a/>', 'application/xml');
    expect(answer.json()).toMatchObject(refusal('UNSUPPORTED_MEDIA_TYPE'));
  });

  it('refuses a body that is too large', async () => {
    const answer = await post('/api/auth/login', JSON.stringify({ email: 'x'.repeat(70_000) }));
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject(refusal('PAYLOAD_TOO_LARGE'));
  });

  it.each([createId('order'), 'nope', '1', '..%2F..'])(
    'finds no show under %s, which is no id of one',
    async (showId) => {
      expect(await host.send('show:get', { params: { showId } })).toMatchObject(refusal('SHOW_NOT_FOUND'));
      expect(await host.send('show:end', { params: { showId } })).toMatchObject(refusal('SHOW_NOT_FOUND'));
    },
  );

  it('finds nothing else under what is no id of it', async () => {
    const { merchantId } = shop;
    const ask = (name: 'order:get' | 'hold:release' | 'product:list', params: object) =>
      host.send(name, { params } as never);
    expect(await ask('order:get', { orderId: 'nope' })).toMatchObject(refusal('ORDER_NOT_FOUND'));
    expect(await ask('hold:release', { holdId: 'nope' })).toMatchObject(refusal('HOLD_NOT_FOUND'));
    expect(await ask('product:list', { merchantId: 'nope' })).toMatchObject(refusal('NOT_FOUND'));
    const body = { merchantId, title: 'x', productIds: ['nope'] };
    expect(await host.send('show:create', { body } as never)).toMatchObject(refusal('INVALID_INPUT'));
  });

  it('refuses a token that is no token, and one of another server', async () => {
    const ask = (authorization: string) =>
      host.send('show:list', { query: {} }, { headers: { authorization } });
    expect(await ask('Bearer nonsense')).toMatchObject(refusal('UNAUTHENTICATED'));
    const stranger = await startTestCommerce();
    const { accessToken } = await createTestClient(stranger.http).renew();
    await stranger.stop();
    expect(await ask(`Bearer ${accessToken}`)).toMatchObject(refusal('UNAUTHENTICATED'));
  });

  it('refuses a line-up with a product that is not the merchant’s', async () => {
    const body = { merchantId: shop.merchantId, title: 'x', productIds: [createId('product')] };
    expect(await host.send('show:create', { body })).toMatchObject(refusal('PRODUCT_NOT_FOUND'));
    const { rows } = await commerce.foundation.db.pool.query('SELECT 1 FROM shows');
    expect(rows).toEqual([]);
  });

  it('refuses a show at a merchant that the caller does not host', async () => {
    const body = { merchantId: createId('merchant'), title: 'x', productIds: [] };
    expect(await host.send('show:create', { body })).toMatchObject(refusal('FORBIDDEN'));
  });

  it('asks for the Idempotency-Key where the table does', async () => {
    const address = { name: 'A', line1: 'B', city: 'C', postalCode: '1', country: 'DE' };
    const body = { quoteId: createId('quote'), address };
    expect(await host.send('order:place', { body })).toMatchObject(refusal('IDEMPOTENCY_KEY_REQUIRED'));
    const answer = await host.send('order:place', { body }, { headers: { 'idempotency-key': 'no spaces' } });
    expect(answer).toMatchObject(refusal('INVALID_INPUT'));
  });

  it('tells an unknown path from a method that is not offered', async () => {
    const ask = async (method: 'GET' | 'DELETE', url: string) =>
      (await commerce.http.inject({ method, url })).json();
    expect(await ask('GET', '/api/nothing')).toMatchObject(refusal('NOT_FOUND'));
    expect(await ask('DELETE', '/api/shows')).toMatchObject(refusal('METHOD_NOT_ALLOWED'));
  });

  it('limits the rate of an address that guesses passwords, and says when to come back', async () => {
    const standing = Date.now();
    const limited = await startTestCommerce({
      env: { RATE_LIMIT_FACTOR: '1' },
      clock: { now: () => standing },
    });
    const guess = (address: string) =>
      limited.http.inject({
        method: 'POST',
        url: '/api/auth/login',
        payload: {},
        headers: { 'x-forwarded-for': address },
      });
    const { burst } = httpCommands['auth:login'].rate;
    const answers = await Promise.all(Array.from({ length: burst + 2 }, () => guess('203.0.113.9')));
    const other = await guess('203.0.113.10');
    await limited.stop();
    const refused = answers.filter((answer) => answer.json().error.code === 'RATE_LIMITED');
    expect(refused).toHaveLength(2);
    expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
    expect(other.json()).toMatchObject(refusal('INVALID_INPUT'));
  });

  it('keeps internal paths for services', async () => {
    const answer = await commerce.http.inject({ method: 'GET', url: '/internal/demo-show' });
    expect(answer.json()).toMatchObject(refusal('UNAUTHENTICATED'));
  });

  it('says of any number of units that they are not in stock', async () => {
    const body = { merchantId: shop.merchantId, title: 'x', productIds: [...shop.productIds] };
    const { show, lineup } = await host.get('show:create', { body });
    const params = { showId: show.id };
    await host.get('show:go-live', { params });
    const variantId = lineup[0]?.variants[0]?.id ?? createId('variant');
    const wish = { variantId, units: 1_000_000_000, priceMinor: 100, perBuyerLimit: 1, seconds: 60 };
    expect(await host.send('sale:start', { params, body: wish })).toMatchObject(
      refusal('INSUFFICIENT_STOCK'),
    );
    await host.get('show:end', { params });
  });
});
