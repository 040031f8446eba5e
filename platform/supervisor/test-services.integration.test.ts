import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { createTestDatabase, createTestRedis } from './test-database.ts';

test('each test database is empty, its own, and gone after drop', async () => {
  const database = await createTestDatabase(inject('databaseUrl'));
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query("SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public'");
  await client.end();
  await database.drop();

  expect(rows).toEqual([{ n: 0 }]);
  await expect(new pg.Client({ connectionString: database.url }).connect()).rejects.toMatchObject({
    code: '3D000',
  });
});

test('each test Redis is empty and apart from the others', async () => {
  const [first, second] = await Promise.all([
    createTestRedis(inject('redisUrl')),
    createTestRedis(inject('redisUrl')),
  ]);
  const clients = [new Redis(first.url), new Redis(second.url)];
  await clients[0]?.set('key', 'value');

  expect(await clients[1]?.get('key')).toBeNull();
  for (const client of clients) client.disconnect();
});
