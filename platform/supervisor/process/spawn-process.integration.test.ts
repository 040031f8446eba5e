import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { fromRoot } from '../paths.ts';
import { findStartTime } from './process-table.ts';

const moduleUrl = pathToFileURL(fromRoot('platform/supervisor/process/spawn-process.ts')).href;

/** Starts a child that does not heed SIGTERM, prints its pid, and stays. */
const parentProgram = `
  const { spawnProcess } = await import(${JSON.stringify(moduleUrl)});
  const stubborn = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)';
  const child = await spawnProcess({
    name: 'child', file: process.execPath, args: ['-e', stubborn], env: process.env,
    stopSignal: 'SIGTERM', deathSignal: 'SIGKILL', ownGroup: true, isReady: async () => true,
  }, () => {});
  console.log(child.pid);
`;

test('a child does not outlive a parent that is killed', async () => {
  const args = ['--import', 'tsx/esm', '--input-type=module', '--eval', parentProgram];
  const parent = spawn(process.execPath, args, { cwd: fromRoot(), stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(parent.stdout, 'data');
  const childPid = Number(String(line));
  expect(findStartTime(childPid)).toBeDefined();

  parent.kill('SIGKILL');
  while (findStartTime(childPid) !== undefined) await delay(20); // until the test's own timeout
  expect(findStartTime(childPid)).toBeUndefined();
});
