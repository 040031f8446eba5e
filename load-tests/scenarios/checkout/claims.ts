import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Claim, createClaimUseCase, renderClaimStatement } from '@souk/commerce/claim-use-case';
import { createId, type MerchantId, type ShowId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { systemClock } from '@souk/runtime/clock';
import { createLogger } from '@souk/runtime/logger';
import { createTestDatabase } from '@souk/supervisor/test-database';
import { Pool } from 'pg';
import { type SeededVariant, seedCatalogue } from '../../world/seed-catalogue.ts';
import { runTasks } from '../../world/service-process.ts';
import type { Stores } from '../../world/world.ts';
import { createWorldEnvironment } from '../../world/world-environment.ts';
import { inParallel } from '../acts/in-parallel.ts';
import type { CheckoutParams } from './checkout.ts';

/** Claims per second, medians of the rounds. */
export interface ClaimRates {
  readonly useCasePerSecond: number;
  readonly barePerSecond: number;
  readonly ratio: number;
}

export interface ClaimFindings {
  readonly hot: ClaimRates;
  readonly spread: ClaimRates;
  /** Orders that stand against units that are reserved; both must be the claims that were made. */
  readonly made: number;
  readonly orders: number;
  readonly reserved: number;
}

/** More than any run can claim. */
const UNITS_EACH = 1_000_000_000;
/** Of the claims of a round: code is compiled and statements are planned before anything counts. */
const WARM_UP_SHARE = 0.5;
const currency = currencySchema.parse('EUR');
const address = {
  ...{ name: 'Load Tester', line1: 'Teststrasse 1', line2: '', city: 'Berlin', postalCode: '10115' },
  country: 'DE',
};

/**
 * Claims in process, in a database where nobody else is at work: the use case, and its guarded statement alone through
 * `pg`, in turn, on the same number of connections.
 */
export async function measureClaims(stores: Stores, params: CheckoutParams): Promise<ClaimFindings> {
  const database = await createTestDatabase(stores.databaseUrl);
  try {
    return await measureIn(database.url, stores.redisUrl, params);
  } finally {
    await database.drop();
  }
}

async function measureIn(
  databaseUrl: string,
  redisUrl: string,
  params: CheckoutParams,
): Promise<ClaimFindings> {
  await makeTables(databaseUrl, redisUrl);
  const variants = await seedCatalogue(databaseUrl, { products: params.variants, unitsEach: UNITS_EACH });
  const { connections } = params;
  const logger = createLogger({ name: 'claims', level: 'warn' });
  const useCase = createClaimUseCase({ databaseUrl, connections, clock: systemClock, logger });
  const pool = new Pool({ connectionString: databaseUrl, max: connections });
  let made = 0;
  try {
    const shop = await openShop(pool);
    const measure = async (among: readonly SeededVariant[]): Promise<ClaimRates> => {
      const round = async (kind: 'useCase' | 'bare', claims: number): Promise<number> => {
        const wanted = Array.from({ length: claims }, (_, turn) => claimOf(shop, among, turn));
        made += claims;
        if (kind === 'useCase')
          return rateOf(wanted, connections, async (claim) => void (await useCase.claim(claim)));
        return rateOf(wanted.map(renderClaimStatement), connections, async (statement) => {
          await pool.query(statement);
        });
      };
      const rates = { useCase: [] as number[], bare: [] as number[] };
      const warmUp = Math.ceil(params.claims * WARM_UP_SHARE);
      await round('bare', warmUp);
      await round('useCase', warmUp);
      for (let turn = 0; turn < params.rounds; turn += 1) {
        rates.bare.push(await round('bare', params.claims));
        rates.useCase.push(await round('useCase', params.claims));
      }
      const [useCasePerSecond, barePerSecond] = [median(rates.useCase), median(rates.bare)];
      const ratio = Math.round((useCasePerSecond / barePerSecond) * 100) / 100;
      return { useCasePerSecond, barePerSecond, ratio };
    };
    const hot = await measure(variants.slice(0, 1));
    const spread = await measure(variants);
    return { hot, spread, made, ...(await countUp(pool)) };
  } finally {
    await useCase.close();
    await pool.end();
  }
}

async function makeTables(databaseUrl: string, redisUrl: string): Promise<void> {
  const logsDir = await mkdtemp(path.join(os.tmpdir(), 'souk-load-'));
  const { env } = await createWorldEnvironment({ databaseUrl, redisUrl, rateLimitFactor: 1 });
  try {
    await runTasks(['commerce/cli/migrate.ts', 'commerce/cli/seed-demo.ts'], env, logsDir);
  } finally {
    await rm(logsDir, { recursive: true, force: true });
  }
}

interface Shop {
  readonly merchantId: MerchantId;
  readonly showId: ShowId;
}

/** A show on air at the demo shop, which only the database knows of. */
async function openShop(pool: Pool): Promise<Shop> {
  const showId = createId('show');
  const { rows } = await pool.query<{ merchantId: MerchantId }>(
    `INSERT INTO shows (id, merchant_id, host_id, title, status, created_at, live_since)
     SELECT $1, merchant_id, user_id, 'Load test', 'live', now(), now() FROM merchant_members WHERE role = 'host' LIMIT 1
     RETURNING merchant_id AS "merchantId"`,
    [showId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the demo shop has no host');
  return { merchantId: row.merchantId, showId };
}

function claimOf({ merchantId, showId }: Shop, among: readonly SeededVariant[], turn: number): Claim {
  const variant = among[turn % among.length];
  if (variant === undefined) throw new RangeError('there is nothing to claim');
  const texts = {
    title: 'Load test product',
    variantLabel: 'One size',
    pictureUrl: '/api/pictures/prd_0.svg',
  };
  return {
    buyer: {
      ...{ userId: createId('guest'), name: 'Buyer', isGuest: true },
      grants: [{ role: 'guest', scope: 'platform' }],
    },
    hold: {
      ...{ id: createId('hold'), merchantId, showId, currency, status: 'active', expiresAt: 0 },
      lines: [{ ...variant, ...texts, saleId: null, quantity: 1, unitPriceMinor: 1_900 }],
    },
    address,
  };
}

/** Items per second. */
async function rateOf<Item>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<void>,
): Promise<number> {
  const startedAt = performance.now();
  await inParallel(items, lanes, work);
  return Math.round((items.length / (performance.now() - startedAt)) * 1_000);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

async function countUp(pool: Pool): Promise<{ orders: number; reserved: number }> {
  const { rows } = await pool.query<{ orders: string; reserved: string }>(
    'SELECT (SELECT count(*) FROM orders) AS orders, (SELECT sum(reserved) FROM stock) AS reserved',
  );
  return { orders: Number(rows[0]?.orders), reserved: Number(rows[0]?.reserved) };
}
