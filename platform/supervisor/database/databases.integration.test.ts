import { mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { findFreePort } from '../process/free-port.ts';
import type { ProcessSpec } from '../process/process-spec.ts';
import { spawnProcess } from '../process/spawn-process.ts';
import { waitUntilReady } from '../process/wait-until-ready.ts';
import { createPostgresHome } from './postgres-home.ts';
import { createPostgresServer, postgresUrl } from './postgres-server.ts';
import { createRedisServer, redisUrl } from './redis-server.ts';

async function createFolder(): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'souk-db-'));
  await chmod(folder, 0o711);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function run(spec: ProcessSpec) {
  const running = await spawnProcess(spec, () => {});
  await waitUntilReady(spec, running);
  return running;
}

async function query(url: string, text: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test('PostgreSQL keeps what was committed when it is killed, and starts again on the same data', async () => {
  const home = await createPostgresHome();
  const folder = await home.claimFolder(path.join(await createFolder(), 'postgres'));
  const settings = { folder, port: await findFreePort(), password: 'secret-secret-12', disposable: false };
  const url = postgresUrl(settings, 'postgres');

  const first = await run(await createPostgresServer(home, settings));
  await query(url, 'CREATE TABLE kept AS SELECT 7 AS n');
  process.kill(first.pid, 'SIGKILL');
  await first.exited;

  const second = await run(await createPostgresServer(home, settings));
  expect(await query(url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  const exit = await second.stop();
  expect(exit.code).toBe(0);
});

test('PostgreSQL lets nobody in without the password', async () => {
  const home = await createPostgresHome();
  const folder = await home.claimFolder(path.join(await createFolder(), 'postgres'));
  const settings = { folder, port: await findFreePort(), password: 'secret-secret-12', disposable: true };
  const running = await run(await createPostgresServer(home, settings));
  onTestFinished(async () => {
    await running.stop();
  });
  const wrong = postgresUrl({ ...settings, password: 'guess' }, 'postgres');
  await expect(query(wrong, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
});

test('Redis keeps its data over an orderly end, and never evicts', async () => {
  const settings = {
    folder: path.join(await createFolder(), 'redis'),
    port: await findFreePort(),
    password: 'secret-secret-12',
    disposable: false,
  };
  const first = await run(await createRedisServer(settings));
  const writer = new Redis(redisUrl(settings));
  await writer.set('kept', '7');
  writer.disconnect();
  await first.stop();

  const second = await run(await createRedisServer(settings));
  const reader = new Redis(redisUrl(settings));
  expect(await reader.get('kept')).toBe('7');
  expect(await reader.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
  reader.disconnect();
  await second.stop();
});
