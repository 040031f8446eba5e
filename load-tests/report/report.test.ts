import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { atLeast, atMost, exactly } from './check.ts';
import { describeMachine } from './machine.ts';
import { percentiles } from './percentiles.ts';
import { hasPassed, type Report, writeReport } from './report.ts';
import { formatReport } from './table.ts';

const report: Report = {
  scenario: 'sample',
  machine: describeMachine(),
  params: { units: 50 },
  results: { holdMs: { ...percentiles([3, 1, 2]) }, sold: 50 },
  peers: [{ name: 'another server', results: { sold: 49 } }],
  checks: [exactly('units sold', 50, 50), atMost('hold p99 (ms)', 3, 2)],
};

describe('report', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'souk-report-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is written as it is, also when a check failed', async () => {
    const file = path.join(folder, 'out.json');
    await writeReport(file, report);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(report);
    expect(hasPassed(report)).toBe(false);
  });

  it('shows figures, peers and checks in the table', () => {
    const text = formatReport(report);
    expect(text).toContain('holdMs');
    expect(text).toContain('p99 3');
    expect(text).toContain('another server: sold');
    expect(text).toMatch(/FAILED\s+hold p99 \(ms\)\s+3\s+<= 2/);
    expect(text).toContain('Some checks failed.');
  });
});

describe('percentiles', () => {
  it('take the nearest rank', () => {
    const samples = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(percentiles(samples)).toEqual({ count: 100, min: 1, p50: 50, p95: 95, p99: 99, max: 100 });
  });

  it('are zero without samples', () => {
    expect(percentiles([])).toEqual({ count: 0, min: 0, p50: 0, p95: 0, p99: 0, max: 0 });
  });
});

describe('checks', () => {
  it('pass on their bound and fail beyond it', () => {
    expect([atMost('a', 2, 2), atLeast('b', 2, 2), exactly('c', 2, 2)].map(({ pass }) => pass)).toEqual([
      true,
      true,
      true,
    ]);
    expect([atMost('a', 3, 2), atLeast('b', 1, 2), exactly('c', 1, 2)].map(({ pass }) => pass)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
