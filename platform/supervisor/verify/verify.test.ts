import { expect, test } from 'vitest';
import { runParts } from './run-parts.ts';
import { listFailures, tally } from './vitest-part.ts';

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

test('what failed is listed by file and name, with the first lines of why', () => {
  const failureMessages = ['\nError: no\n    at here\n'];
  const [passed, broken] = [result('passed', 'passed'), { ...result('failed'), message: 'cannot load' }];
  const failed = {
    ...result('failed'),
    assertionResults: [{ fullName: 'a says no', status: 'failed', failureMessages }],
  };
  const [first, second, ...others] = listFailures({ testResults: [passed, failed, broken] });
  expect(first).toMatch(/x\.test\.ts: a says no\n {4}Error: no\n {8}at here$/);
  expect(second).toMatch(/x\.test\.ts\n {4}cannot load$/);
  expect(others).toEqual([]);
});

test('all parts run, and the last line alone sums them up', async () => {
  const lines: string[] = [];
  const part = (name: string, failed: number) => ({
    name,
    run: async () => ({
      tally: { passed: 2, failed, skipped: 1 },
      failures: failed === 0 ? [] : [`${name}: why`],
    }),
  });
  const code = await runParts([part('lint', 1), part('unit', 0)], (line) => lines.push(line));
  expect(code).toBe(1);
  expect(lines).toContain('\n── unit ──');
  expect(lines.indexOf('\n✗ lint: why')).toBeGreaterThan(lines.indexOf('\n── unit ──'));
  expect(lines.at(-1)).toBe('4 passed, 1 failed, 2 skipped');
});
