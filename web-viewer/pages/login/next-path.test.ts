import { expect, it } from 'vitest';
import { nextPath } from './next-path.ts';

it('goes on to a path of the own page', () => {
  expect(nextPath('/studio')).toBe('/studio');
});

it.each([null, '', 'https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
  'goes home instead of to %s',
  (next) => {
    expect(nextPath(next)).toBe('/');
  },
);
