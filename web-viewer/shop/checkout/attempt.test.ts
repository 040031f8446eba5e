import { expect, it } from 'vitest';
import { attemptFor } from './attempt.ts';

const keys = () => {
  let next = 0;
  return () => `key-${++next}`;
};

it('keeps the key while nothing changes', () => {
  const createKey = keys();
  const first = attemptFor(undefined, { holdIds: ['a'] }, createKey);
  expect(attemptFor(first, { holdIds: ['a'] }, createKey)).toBe(first);
});

it('takes a new key for another order', () => {
  const createKey = keys();
  const first = attemptFor(undefined, { holdIds: ['a'] }, createKey);
  expect(attemptFor(first, { holdIds: ['b'] }, createKey).key).toBe('key-2');
});
