import type { Redis } from 'ioredis';
import type { LoadedPool } from './invariant.ts';
import { scanKeys } from './scan-keys.ts';

/** The counts that Redis has of each variant and each sale, by id. */
export async function readLoadedPools(redis: Redis): Promise<ReadonlyMap<string, LoadedPool>> {
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
