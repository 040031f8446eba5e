import { expect, test } from 'vitest';
import { sayOnce } from './say-once.ts';

test('the same line is said once in thirty seconds, others at once', () => {
  const said: string[] = [];
  let nowMs = 0;
  const say = sayOnce(
    (line) => said.push(line),
    () => nowMs,
  );
  say('no database');
  say('no database');
  say('no disk');
  nowMs = 30_000;
  say('no database');
  expect(said).toEqual(['no database', 'no disk', 'no database']);
});
