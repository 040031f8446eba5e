import { createId } from '@souk/protocol/ids';
import { expect, it } from 'vitest';
import { createHlsAudience } from './hls-audience.ts';

it('counts each viewer once, and those no more who have asked for nothing for ten seconds', () => {
  let now = 0;
  const audience = createHlsAudience({ clock: { now: () => now } });
  const showId = createId('show');
  audience.note(showId, 'Ana');
  audience.note(showId, 'Ben');
  audience.note(showId, 'Ana');
  expect([audience.count(showId), audience.count(createId('show'))]).toEqual([2, 0]);
  now = 6_000;
  audience.note(showId, 'Ana');
  now = 10_000;
  expect(audience.count(showId)).toBe(1);
  now = 16_000;
  expect(audience.count(showId)).toBe(0);
});
