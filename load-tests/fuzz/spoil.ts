import type { Random } from '@souk/protocol/testing/random';
import type { FuzzRequest } from './request.ts';

/** Values that no careful house falls for. */
const hostile: readonly unknown[] = [
  -1,
  0,
  0.5,
  1e308,
  -(2 ** 53),
  2 ** 53,
  '1',
  '',
  null,
  true,
  [],
  {},
  "' OR '1'='1",
  "'; DROP TABLE orders; --",
  '{{7*7}}',
  '../../etc/passwd',
  'x\r\nSet-Cookie: souk=stolen',
  '\u0000',
  '\ud800',
  '<script>alert(1)</script>',
  'x'.repeat(5_000),
  { $gt: '' },
  JSON.parse('{"__proto__": {"isAdmin": true}}'),
];

/** Takes one thing of a good request and makes it bad; the server must refuse it, or not mind. */
export function spoil(request: FuzzRequest, chance: Random): FuzzRequest {
  const ways = [spoilBody, spoilBody, spoilBody, spoilPath, spoilQuery, spoilHeaders, spoilText];
  return chance.pick(ways)(request, chance);
}

function spoilBody(request: FuzzRequest, chance: Random): FuzzRequest {
  if (request.body === undefined) return { ...request, body: chance.pick(hostile) };
  return { ...request, body: spoilValue(request.body, chance) };
}

/** Goes down at random and replaces, removes or adds something. */
function spoilValue(value: unknown, chance: Random): unknown {
  if (Array.isArray(value) && value.length > 0 && chance.maybe(0.8)) {
    const at = chance.between(0, value.length - 1);
    if (chance.maybe(0.2)) return [...value, ...value, ...value];
    return value.map((item, index) => (index === at ? spoilValue(item, chance) : item));
  }
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0 && chance.maybe(0.9)) {
    const name = chance.pick(Object.keys(value));
    const fields = new Map(Object.entries(value));
    if (chance.maybe(0.15)) fields.delete(name);
    else if (chance.maybe(0.1)) fields.set('isAdmin', true);
    else fields.set(name, spoilValue(fields.get(name), chance));
    return Object.fromEntries(fields);
  }
  return chance.pick(hostile);
}

function spoilPath(request: FuzzRequest, chance: Random): FuzzRequest {
  const segments = request.path.split('/');
  const at = chance.between(2, Math.max(2, segments.length - 1));
  segments[at] = encodeURIComponent(String(chance.pick(hostile.filter((value) => value !== '\ud800'))));
  return { ...request, path: segments.join('/') };
}

function spoilQuery(request: FuzzRequest, chance: Random): FuzzRequest {
  const value = encodeURIComponent(String(chance.pick(['-1', '1.5', "' OR 1=1 --", '\r\nX: y', '%00'])));
  const name = chance.pick(['limit', 'cursor', 'before', 'search', 'scope', 'x']);
  return { ...request, path: `${request.path}${request.path.includes('?') ? '&' : '?'}${name}=${value}` };
}

function spoilHeaders(request: FuzzRequest, chance: Random): FuzzRequest {
  const bad: readonly Record<string, string>[] = [
    { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c3JfMCJ9.' },
    { authorization: `Bearer ${'a'.repeat(6_000)}` },
    { 'idempotency-key': "'; DROP TABLE orders; --" },
    { 'idempotency-key': 'x'.repeat(500) },
    { 'content-type': 'text/plain' },
    { origin: 'https://evil.example' },
    { 'x-forwarded-for': "127.0.0.1, ' OR 1=1" },
    { cookie: 'souk=../../../../etc/passwd; x=%00' },
  ];
  return { ...request, headers: { ...request.headers, ...chance.pick(bad) } };
}

/** What is no JSON at all. */
function spoilText(request: FuzzRequest, chance: Random): FuzzRequest {
  return {
    ...request,
    body: undefined,
    rawBody: chance.pick(['{', '[1,', 'null', '"', '{"a":1}}', '\u0000']),
  };
}
