import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { assertWebhookSignature, SANDBOX_SIGNATURE_HEADER } from '@souk/commerce/sandbox-signature';
import { createRandom } from '@souk/protocol/testing/random';
import { createTestDatabase, createTestRedis } from '@souk/supervisor/test-database';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { seedHealthyWorld } from '../test-support/healthy-world.ts';
import type { FuzzRequest } from './request.ts';
import { createWebhookMailbag } from './webhook-mailbag.ts';

const migrate = fileURLToPath(new URL('../../commerce/cli/migrate.ts', import.meta.url));
const webhookSecret = 'a secret of the test';

const request: FuzzRequest = {
  operation: {
    id: 'payment:webhook',
    method: 'POST',
    path: '/api/payments/webhooks/{gateway}',
    parameters: [],
    body: undefined,
    roles: 'public',
    isMedia: false,
    isStream: false,
  },
  path: '/api/payments/webhooks/robert',
  headers: {},
  body: undefined,
};

async function seedDatabase(): Promise<{ readonly databaseUrl: string; readonly paymentId: string }> {
  const database = await createTestDatabase(inject('databaseUrl'));
  const { url: redisUrl } = await createTestRedis(inject('redisUrl'));
  const env = { ...process.env, DATABASE_URL: database.url };
  await promisify(execFile)(process.execPath, ['--import', 'tsx', migrate], { env });
  const pg = new Client({ connectionString: database.url });
  await pg.connect();
  const redis = new Redis(redisUrl);
  const { paymentId } = await seedHealthyWorld(pg, redis);
  await pg.end();
  redis.disconnect();
  onTestFinished(() => database.drop());
  return { databaseUrl: database.url, paymentId };
}

function judge({ headers, body }: FuzzRequest): 'unsigned' | 'fresh' | 'stale' {
  const signature = headers[SANDBOX_SIGNATURE_HEADER];
  if (signature === undefined) return 'unsigned';
  try {
    assertWebhookSignature(webhookSecret, Buffer.from(JSON.stringify(body)), signature, Date.now());
    return 'fresh';
  } catch {
    return 'stale';
  }
}

describe('the mailbag', () => {
  it('has true webhooks with good and with stale signatures, and leaves some requests as they are', async () => {
    const { databaseUrl, paymentId } = await seedDatabase();
    const mailbag = createWebhookMailbag({ databaseUrl, webhookSecret });
    const chance = createRandom(7);
    const filled = await Promise.all(Array.from({ length: 150 }, () => mailbag.fill(request, chance)));
    await mailbag.close();
    expect(new Set(filled.map(judge))).toEqual(new Set(['unsigned', 'fresh', 'stale']));
    for (const made of filled)
      expect(made).toMatchObject(
        judge(made) === 'unsigned'
          ? request
          : {
              path: '/api/payments/webhooks/sandbox',
              body: { id: `evt_${paymentId}`, type: 'payment.succeeded', data: { paymentId } },
            },
      );
  });
});
