import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createTestRedis } from '@souk/supervisor/test-database';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { childrenOf, isRunning } from './testing/child-processes.ts';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Runs the program and waits until it says that it has started, or ends. */
async function runMain(env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; said: string[] }> {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH: process.env['PATH'], MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (line.includes('"event":"started"') || line.includes('"event":"stopped"')) break;
  }
  return { child, said };
}

const workersOf = ({ pid = 0 }: ChildProcess) =>
  childrenOf(pid).filter(({ name }) => name.startsWith('mediasoup'));

describe('the program media-server', { timeout: 120_000 }, () => {
  it('starts again at the same ports right after it was killed, and leaves no worker behind', async () => {
    const { url } = await createTestRedis(inject('redisUrl'));
    const env = {
      REDIS_URL: url,
      SOUK_JWKS_URL: 'http://127.0.0.1:9/',
      SOUK_SERVICE_SECRET: 'a secret of enough length',
      MEDIA_PORT: '0',
      MEDIA_RTC_PORT: String(await findFreePort()),
      MEDIA_ANNOUNCED_ADDRESS: '127.0.0.1',
      MEDIA_WORKERS: '1',
    };
    const first = await runMain(env);
    const workers = workersOf(first.child);
    expect(workers).toHaveLength(1);
    first.child.kill('SIGKILL');
    const second = await runMain(env);
    expect(second.said.join()).toContain('"event":"started"');
    expect(workers.filter(({ pid }) => isRunning(pid))).toEqual([]);
    second.child.kill('SIGTERM');
    expect(await once(second.child, 'exit')).toEqual([0, null]);
  });

  it('names every fault of its configuration and ends', async () => {
    const { child } = await runMain({ MEDIA_PORT: 'high' });
    const words: string[] = [];
    child.stderr?.on('data', (chunk: Buffer) => words.push(chunk.toString()));
    if (child.exitCode === null) await once(child, 'close');
    expect(child.exitCode).toBe(1);
    expect(words.join('')).toMatch(/MEDIA_PORT[\s\S]*SOUK_JWKS_URL|REDIS_URL[\s\S]*MEDIA_PORT/);
  });
});
