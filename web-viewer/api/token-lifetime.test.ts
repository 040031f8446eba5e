import { expect, it } from 'vitest';
import { lifetimeMsOf } from './token-lifetime.ts';

const tokenOf = (payload: object): string =>
  `h.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.s`;

it('reads how long a token lives from its own stamps', () => {
  expect(lifetimeMsOf(tokenOf({ iat: 1_000, exp: 1_600 }))).toBe(600_000);
});

it.each(['', 'no-token', 'a.b.c', tokenOf({ sub: 'x' })])(
  'assumes five minutes when it cannot read %s',
  (token) => {
    expect(lifetimeMsOf(token)).toBe(300_000);
  },
);
