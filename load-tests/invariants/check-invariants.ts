import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { invariants } from './all.ts';
import type { Stores, Violation } from './invariant.ts';
import { readLoadedPools } from './loaded-pools.ts';

export type { Violation } from './invariant.ts';

export interface CheckInvariantsOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** How long something may be under way before it counts as stuck. Default 30 s. */
  readonly graceMs?: number;
  /**
   * When somebody deleted all data of Redis, Unix milliseconds: timelines then tell what has happened since, and what
   * holds still. Only whoever deleted them can know, so that timelines which a fault has lost are found.
   */
  readonly redisLostAt?: number;
}

const DEFAULT_GRACE_MS = 30_000;
const NEVER = 0;

/**
 * Looks at the whole database, Redis and every timeline, and returns what must never be so; nothing when all is well.
 * Changes nothing, and may be called while the house is at work. Throws when one of the stores is out of reach.
 */
export async function checkInvariants({
  databaseUrl,
  redisUrl,
  graceMs = DEFAULT_GRACE_MS,
  redisLostAt = NEVER,
}: CheckInvariantsOptions): Promise<Violation[]> {
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 2 });
  const pg = await pool.connect();
  try {
    // Before the snapshot: what the database learns afterwards makes these older than it, never newer.
    const loadedPools = await readLoadedPools(redis);
    // One snapshot for all queries, so that they can be compared while others write.
    await pg.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await checkAll({ pg, redis, loadedPools, now: Date.now(), graceMs, redisLostAt });
  } finally {
    await pg.query('ROLLBACK');
    pg.release();
    await pool.end();
    redis.disconnect();
  }
}

async function checkAll(stores: Stores): Promise<Violation[]> {
  const violations: Violation[] = [];
  for (const invariant of invariants) violations.push(...(await invariant.check(stores)));
  return violations;
}
