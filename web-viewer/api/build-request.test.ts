import { expect, it } from 'vitest';
import { buildInit, buildPath } from './build-request.ts';

it('fills the parameters into the path, escaped', () => {
  expect(
    buildPath({ path: '/api/shows/:showId/mutes/:userId' }, { params: { showId: 'a/b', userId: 'c' } }),
  ).toBe('/api/shows/a%2Fb/mutes/c');
});

it('says which parameter is missing', () => {
  expect(() => buildPath({ path: '/api/shows/:showId' }, {})).toThrow(/showId is missing/);
});

it('adds the query without what is undefined', () => {
  expect(buildPath({ path: '/api/shows' }, { query: { scope: 'live', page: undefined } })).toBe(
    '/api/shows?scope=live',
  );
});

it('sends token, key and body where there are some', () => {
  const init = buildInit({ method: 'POST' }, { body: { a: 1 } }, { token: 't', idempotencyKey: 'k' });
  expect(init.body).toBe('{"a":1}');
  expect(Object.fromEntries(new Headers(init.headers))).toMatchObject({
    authorization: 'Bearer t',
    'idempotency-key': 'k',
    'content-type': 'application/json',
  });
});

it('sends no content type without a body', () => {
  expect(new Headers(buildInit({ method: 'POST' }, {}, {}).headers).has('content-type')).toBe(false);
});
