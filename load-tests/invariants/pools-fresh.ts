import type { Redis } from 'ioredis';
import type { Invariant, Violation } from './invariant.ts';
import { scanKeys } from './scan-keys.ts';

const name = 'Redis counts = database';

interface Pool {
  readonly id: string;
  /** Units that are not claimed by orders, nor (of a variant) set aside for sales. */
  readonly supply: number;
  readonly version: number;
  /** False while the newest change is so young that Redis may not have it yet. */
  readonly settled: boolean;
}

const poolsOfDatabase = `
  SELECT variant_id AS id, on_hand - reserved - allocated AS supply, version, updated_at < $1 AS settled FROM stock
  UNION ALL
  SELECT id, least(units - claimed - returned, total_limit - claimed), version, updated_at < $1 FROM sales`;

/** Redis has no newer counts than the database, the same ones for the same version, and no stale ones for long. */
export const poolsFresh: Invariant = {
  name,
  async check({ pg, redis, now, graceMs }) {
    // Redis first: what the database learns afterwards makes Redis older, never newer.
    const loaded = await readLoadedPools(redis);
    const { rows } = await pg.query<Pool>(poolsOfDatabase, [new Date(now - graceMs)]);
    return rows.flatMap((pool): Violation[] => {
      const fault = compare(pool, loaded.get(pool.id));
      return fault === undefined ? [] : [{ invariant: name, subject: pool.id, detail: fault }];
    });
  },
};

interface LoadedPool {
  readonly supply: number;
  readonly version: number;
}

function compare({ supply, version, settled }: Pool, loaded: LoadedPool | undefined): string | undefined {
  if (loaded === undefined) return undefined;
  if (loaded.version < version && !settled) return undefined;
  if (loaded.version === version && loaded.supply === supply) return undefined;
  return `Redis has ${loaded.supply} (version ${loaded.version}), the database ${supply} (version ${version})`;
}

async function readLoadedPools(redis: Redis): Promise<ReadonlyMap<string, LoadedPool>> {
  const pools = new Map<string, LoadedPool>();
  for (const key of await scanKeys(redis, '*{mer_*}:pools')) {
    const counts = await redis.hgetall(key);
    for (const field of Object.keys(counts)) {
      if (!field.endsWith('|supply')) continue;
      const id = field.slice(0, -'|supply'.length);
      pools.set(id, { supply: Number(counts[field]), version: Number(counts[`${id}|version`]) });
    }
  }
  return pools;
}
