import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';
import { REDIS_DATABASES } from './database/redis-server.ts';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/**
 * Makes an empty database of its own on the test server. `adminUrl` is `inject('databaseUrl')`.
 * `drop` also ends whatever is still connected to it.
 */
export async function createTestDatabase(adminUrl: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await runAsAdmin(adminUrl, `CREATE DATABASE ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.toString(), drop: () => runAsAdmin(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function runAsAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * Claims an empty numbered Redis database for one test file. `serverUrl` is `inject('redisUrl')`; database 0 only
 * holds the counter by which they are handed out, in turn.
 */
export async function createTestRedis(serverUrl: string): Promise<{ url: string }> {
  const client = new Redis(serverUrl);
  try {
    const turn = await client.incr('souk-test:turn');
    const database = 1 + (turn % (REDIS_DATABASES - 1));
    await client.select(database);
    await client.flushdb();
    const url = new URL(serverUrl);
    url.pathname = `/${database}`;
    return { url: url.toString() };
  } finally {
    client.disconnect();
  }
}
