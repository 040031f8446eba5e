import { streamKeyCheck } from '@souk/protocol/http/internal';
import type { ShowId } from '@souk/protocol/ids';
import { BEGINNING } from '@souk/protocol/timeline/entries';
import { signServiceToken } from '@souk/runtime/tokens';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestClient, type TestClient } from '../testing/test-client.ts';
import { startTestCommerce, type TestCommerce } from '../testing/test-commerce.ts';
import { createTestShop, TEST_PASSWORD, type TestShop } from '../testing/test-shop.ts';

const SERVICE_SECRET = 'service-secret-of-the-tests-0123456789';

/** Stands still until it is moved on. */
const clock = {
  at: Date.now(),
  now: () => clock.at,
  advance(ms: number) {
    clock.at += ms;
  },
};
let commerce: TestCommerce;
let shop: TestShop;
let host: TestClient;

beforeAll(async () => {
  commerce = await startTestCommerce({ clock, env: { RATE_LIMIT_FACTOR: '1' } });
  shop = await createTestShop(commerce.foundation);
  host = createTestClient(commerce.http);
  await host.login('host@souk.test', TEST_PASSWORD);
});
afterAll(() => commerce.stop());

const createShow = async () => {
  // So that no command comes too fast.
  clock.advance(20_000);
  const body = { merchantId: shop.merchantId, title: 'Encoded', productIds: [] };
  return { showId: (await host.get('show:create', { body })).show.id };
};
const check = async (secret: string, address = '192.0.2.1') => {
  const token = await signServiceToken({ secret: SERVICE_SECRET, service: 'media-server', clock });
  const answer = await commerce.http.inject({
    method: 'POST',
    url: streamKeyCheck.path,
    headers: { authorization: `Bearer ${token}` },
    payload: { secret, address },
  });
  return answer.json();
};
const codeOf = async (secret: string, address?: string) => (await check(secret, address)).error?.code ?? 'OK';
const revokedIn = async (showId: ShowId) => {
  await commerce.foundation.relay.drain();
  const entries = await commerce.foundation.timeline.read(showId, { after: BEGINNING, limit: 100 });
  return entries.filter((entry) => entry.type === 'stream-key:revoked');
};

it('a new key opens its show to whoever has the secret', async () => {
  const params = await createShow();
  const { server, key, secret } = await host.get('stream-key:rotate', { params });
  expect(server).toBe('http://souk.test/whip');
  expect(secret).toMatch(/^souk_stream_[0-9a-hjkmnp-tv-z]{32}$/);
  expect(key).toMatchObject({ hint: secret.slice(-4), createdAt: clock.now(), lastUsedAt: null });
  const { data } = await check(secret);
  expect(data).toEqual({ keyId: key.id, showId: params.showId, hostId: shop.people.host });
});

it('the secret is kept nowhere', async () => {
  const params = await createShow();
  const { secret } = await host.get('stream-key:rotate', { params });
  expect(JSON.stringify(await host.get('stream-key:get', { params }))).not.toContain(secret);
  const { rows } = await commerce.foundation.db.pool.query('SELECT * FROM stream_keys');
  expect(JSON.stringify(rows)).not.toContain(secret);
});

it('a show has no key at first', async () => {
  const params = await createShow();
  expect((await host.get('stream-key:get', { params })).key).toBeNull();
  expect(await host.send('stream-key:revoke', { params })).toMatchObject({
    error: { code: 'STREAM_KEY_NOT_FOUND' },
  });
});

it('a rotated key ends at once, and the show is told which one it was', async () => {
  const params = await createShow();
  const former = await host.get('stream-key:rotate', { params });
  expect(await revokedIn(params.showId)).toEqual([]);
  const { key, secret } = await host.get('stream-key:rotate', { params });
  expect([await codeOf(former.secret), await codeOf(secret)]).toEqual(['UNAUTHENTICATED', 'OK']);
  expect(await revokedIn(params.showId)).toMatchObject([
    { audience: 'staff', data: { keyId: former.key.id } },
  ]);
  expect((await host.get('stream-key:get', { params })).key?.id).toBe(key.id);
});

it('of keys that are made at the same moment one is left, and all others are told', async () => {
  const params = await createShow();
  const made = await Promise.all(Array.from({ length: 4 }, () => host.get('stream-key:rotate', { params })));
  const codes = await Promise.all(made.map(({ secret }) => codeOf(secret)));
  expect(codes.filter((code) => code === 'OK')).toHaveLength(1);
  expect(new Set((await revokedIn(params.showId)).map(({ data }) => JSON.stringify(data))).size).toBe(3);
});

it('a revoked key opens nothing', async () => {
  const params = await createShow();
  const { key, secret } = await host.get('stream-key:rotate', { params });
  await host.get('stream-key:revoke', { params });
  expect(await codeOf(secret)).toBe('UNAUTHENTICATED');
  expect((await host.get('stream-key:get', { params })).key).toBeNull();
  expect(await revokedIn(params.showId)).toMatchObject([{ data: { keyId: key.id } }]);
});

it('a key ends with its show', async () => {
  const params = await createShow();
  const { secret } = await host.get('stream-key:rotate', { params });
  await host.get('show:go-live', { params });
  expect(await codeOf(secret)).toBe('OK');
  await host.get('show:end', { params });
  expect(await codeOf(secret)).toBe('SHOW_ENDED');
  expect((await host.get('stream-key:get', { params })).key).toBeNull();
  for (const name of ['stream-key:rotate', 'stream-key:revoke'] as const)
    expect(await host.send(name, { params })).toMatchObject({ error: { code: 'SHOW_ENDED' } });
});

it('tells when it was last used, to the minute', async () => {
  const params = await createShow();
  const { secret } = await host.get('stream-key:rotate', { params });
  const lastUsedAt = async () => (await host.get('stream-key:get', { params })).key?.lastUsedAt;
  const first = clock.now();
  await check(secret);
  clock.advance(59_000);
  await check(secret);
  expect(await lastUsedAt()).toBe(first);
  clock.advance(2_000);
  await check(secret);
  expect(await lastUsedAt()).toBe(first + 61_000);
});

it('whoever guesses is slowed down, and nobody else', async () => {
  const { secret } = await host.get('stream-key:rotate', { params: await createShow() });
  const guesses = Array.from({ length: 40 }, (_, index) => codeOf(`souk_stream_${index}`, '198.51.100.7'));
  expect(new Set(await Promise.all(guesses))).toEqual(new Set(['UNAUTHENTICATED', 'RATE_LIMITED']));
  expect(await codeOf(secret, '198.51.100.7')).toBe('RATE_LIMITED');
  expect(await codeOf(secret, '198.51.100.8')).toBe('OK');
});

it('only services may ask whose key it is', async () => {
  const request = { method: 'POST', url: streamKeyCheck.path, payload: { secret: 'x' } } as const;
  expect((await commerce.http.inject(request)).statusCode).toBe(401);
});
