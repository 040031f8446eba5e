import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createProcessTable } from './process-table.ts';

function createTable() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'souk-table-'));
  return { folder, table: createProcessTable(folder) };
}

async function startSample(script: string) {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  return child;
}

test('what was left from before is found and ended', async () => {
  const { table } = createTable();
  const child = await startSample('console.log("up"); setInterval(() => {}, 1000)');
  const exited = once(child, 'exit');
  table.note('commerce', child.pid ?? 0);

  expect(table.findAlive('commerce')).toBe(child.pid);
  expect(await table.endLeftovers()).toEqual(['commerce']);
  expect((await exited)[1]).toBe('SIGTERM');
  expect(table.findAlive('commerce')).toBeUndefined();
});

test('a pid that somebody else has by now is left alone', async () => {
  const { folder, table } = createTable();
  writeFileSync(path.join(folder, 'redis.json'), JSON.stringify({ pid: process.pid, startTime: '1' }));
  expect(table.findAlive('redis')).toBeUndefined();
  expect(await table.endLeftovers()).toEqual([]);
});

test('a damaged entry counts as none', async () => {
  const { folder, table } = createTable();
  writeFileSync(path.join(folder, 'redis.json'), '{"pid": 12');
  expect(await table.endLeftovers()).toEqual([]);
});
