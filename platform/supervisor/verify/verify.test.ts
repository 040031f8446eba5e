import { expect, test } from 'vitest';
import { runParts } from './run-parts.ts';
import { tally } from './vitest-part.ts';

const result = (status: string, ...statuses: string[]) => ({
  name: '/x.test.ts',
  status,
  assertionResults: statuses.map((each) => ({ fullName: 'x', status: each })),
});

test('tests are counted one by one', () => {
  const report = {
    testResults: [result('passed', 'passed', 'passed'), result('failed', 'failed', 'pending')],
  };
  expect(tally(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 1 });
});

test('a file that cannot be loaded is a failure', () => {
  expect(tally({ testResults: [result('failed')] }, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('a run that ends badly without a failed test is a failure', () => {
  expect(tally({ testResults: [result('passed', 'passed')] }, 1)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
  });
});

test('all parts run, and the last line alone sums them up', async () => {
  const lines: string[] = [];
  const part = (name: string, failed: number) => ({
    name,
    run: async () => ({ passed: 2, failed, skipped: 1 }),
  });
  const code = await runParts([part('lint', 1), part('unit', 0)], (line) => lines.push(line));
  expect(code).toBe(1);
  expect(lines).toContain('\n── unit ──');
  expect(lines.at(-1)).toBe('4 passed, 1 failed, 2 skipped');
});
