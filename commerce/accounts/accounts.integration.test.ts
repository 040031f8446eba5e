import { BEGINNING } from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestClient } from '../testing/test-client.ts';
import { startTestCommerce, type TestCommerce } from '../testing/test-commerce.ts';
import { createTestShop, TEST_PASSWORD, type TestShop } from '../testing/test-shop.ts';

let commerce: TestCommerce;
let shop: TestShop;

beforeAll(async () => {
  commerce = await startTestCommerce();
  shop = await createTestShop(commerce.foundation);
});
afterAll(() => commerce.stop());

const refusal = (code: string) => ({ ok: false, error: { code } });

describe('account', () => {
  it('is made, logged out and logged into again', async () => {
    const client = createTestClient(commerce.http);
    const body = { email: ' Ada@Souk.test ', password: 'a long password', name: 'Ada' };
    const made = await client.get('auth:register', { body });
    expect(made).toMatchObject({ email: 'ada@souk.test', name: 'Ada', grants: [{ role: 'viewer' }] });
    await client.get('auth:logout');
    expect((await client.renew()).userId).toMatch(/^gst_/);
    expect((await client.login('ADA@souk.test', body.password)).userId).toBe(made.userId);
  });

  it('is refused with an e-mail that is taken, whatever its case', async () => {
    const body = { email: 'Viewer@souk.test', password: 'a long password', name: 'Twin' };
    const answer = await createTestClient(commerce.http).send('auth:register', { body });
    expect(answer).toMatchObject(refusal('EMAIL_TAKEN'));
  });

  it('is closed to a wrong password and to an unknown e-mail alike', async () => {
    const client = createTestClient(commerce.http);
    for (const email of ['viewer@souk.test', 'nobody@souk.test']) {
      const answer = await client.send('auth:login', { body: { email, password: 'wrong' } });
      expect(answer).toMatchObject(refusal('INVALID_CREDENTIALS'));
    }
  });

  it('carries the grants of its memberships in the token', async () => {
    const session = await createTestClient(commerce.http).login('host@souk.test', TEST_PASSWORD);
    expect(session.grants).toContainEqual({ role: 'host', scope: 'merchant', merchantId: shop.merchantId });
    const claims = await commerce.ground.verifier.verifyAccess(session.accessToken);
    expect(claims).toMatchObject({ sub: session.userId, name: 'host', grants: session.grants });
  });

  it('gets a new session id at every login, and the old one is worth nothing', async () => {
    const client = createTestClient(commerce.http);
    const guest = await client.renew();
    const before = client.cookie() ?? '';
    await client.login('viewer@souk.test', TEST_PASSWORD);
    expect(client.cookie()).not.toBe(before);
    const old = await createTestClient(commerce.http).get('auth:token', {}, { headers: { cookie: before } });
    expect(old.userId).not.toBe(guest.userId);
    expect(old.grants).toEqual([{ role: 'guest', scope: 'platform' }]);
  });

  it('stays the same guest under one cookie, and can be renamed', async () => {
    const client = createTestClient(commerce.http);
    const first = await client.renew();
    await client.get('auth:rename', { body: { name: 'Zoe' } });
    expect(await client.renew()).toMatchObject({ userId: first.userId, name: 'Zoe' });
  });

  it('hides its cookie from scripts and from other sites', async () => {
    const answer = await commerce.http.inject({ method: 'POST', url: '/api/auth/token' });
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    expect(cookie).toContain('Path=/api/auth');
  });

  it('marks the cookie as secure behind https', async () => {
    const headers = { 'x-forwarded-proto': 'https' };
    const answer = await commerce.http.inject({ method: 'POST', url: '/api/auth/token', headers });
    expect(String(answer.headers['set-cookie'])).toContain('Secure');
  });

  it('is closed to writes from a foreign page, and open to those of its own hosts', async () => {
    const from = (origin: string, host = 'souk.test') =>
      commerce.http.inject({ method: 'POST', url: '/api/auth/token', headers: { origin, host } });
    expect((await from('https://evil.test')).json()).toMatchObject(refusal('ORIGIN_NOT_ALLOWED'));
    expect((await from('null')).json()).toMatchObject(refusal('ORIGIN_NOT_ALLOWED'));
    expect((await from('http://souk.test')).statusCode).toBe(200);
    expect((await from('http://192.168.1.5:8080', '192.168.1.5:8080')).statusCode).toBe(200);
  });
});

describe('merchant', () => {
  it('tells its open shows when it changes what guests may do', async () => {
    const merchant = createTestClient(commerce.http);
    await merchant.login('merchant@souk.test', TEST_PASSWORD);
    const params = { merchantId: shop.merchantId };
    const { show } = await merchant.get('show:create', {
      body: { ...params, title: 'Open', productIds: [] },
    });
    const policy = { guestsMayChat: false, guestsMayBuy: false };
    const changed = await merchant.get('merchant:set-policy', { params, body: policy });
    expect(changed.merchant.policy).toEqual(policy);
    expect((await merchant.get('merchant:list')).merchants).toEqual([changed.merchant]);
    await commerce.foundation.relay.drain();
    const entries = await commerce.foundation.timeline.read(show.id, { after: BEGINNING, limit: 10 });
    expect(foldShow(entries).facts?.policy).toEqual(policy);
  });
});
