import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createProcessTable } from '../process/process-table.ts';
import { claimInstance } from './single-instance.ts';

const createTable = () => createProcessTable(mkdtempSync(path.join(os.tmpdir(), 'souk-instance-')));

test('a second one is refused while the first one runs', async () => {
  const table = createTable();
  table.note('supervisor', process.ppid);
  await expect(claimInstance(table, () => {})).rejects.toThrow('Souk is running already.');
});

test('an entry of one that is gone does not matter', async () => {
  const table = createTable();
  const instance = await claimInstance(table, () => {});
  expect(table.findAlive('supervisor')).toBe(process.pid);
  instance.release();
  expect(table.findAlive('supervisor')).toBeUndefined();
});

test('one that is ending is waited for', async () => {
  const table = createTable();
  table.note('supervisor', process.ppid);
  table.note('supervisor-ending', process.ppid);
  const lines: string[] = [];
  const claim = claimInstance(table, (line) => {
    lines.push(line);
    table.forget('supervisor');
    table.forget('supervisor-ending');
  });
  await claim;
  expect(lines).toEqual(['• Waiting for the earlier one to end …']);
  expect(table.findAlive('supervisor')).toBe(process.pid);
});
