import { expect, test } from 'vitest';
import { describeLogLine } from './describe-log-line.ts';

test('an error is shown in one line', () => {
  const line = JSON.stringify({
    level: 50,
    event: 'request-failed',
    code: 'INTERNAL',
    err: { message: 'no\nway' },
  });
  expect(describeLogLine('commerce', line)).toBe('[commerce] request-failed: INTERNAL: no');
});

test('everything else stays in the file', () => {
  expect(describeLogLine('commerce', JSON.stringify({ level: 40, msg: 'slow' }))).toBeUndefined();
  expect(describeLogLine('commerce', 'plain text')).toBeUndefined();
  expect(describeLogLine('commerce', '{broken')).toBeUndefined();
});
