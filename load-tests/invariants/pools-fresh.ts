import type { Invariant, LoadedPool, Violation } from './invariant.ts';

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
  async check({ pg, loadedPools, now, graceMs }) {
    const { rows } = await pg.query<Pool>(poolsOfDatabase, [new Date(now - graceMs)]);
    return rows.flatMap((pool): Violation[] => {
      const fault = compare(pool, loadedPools.get(pool.id));
      return fault === undefined ? [] : [{ invariant: name, subject: pool.id, detail: fault }];
    });
  },
};

function compare({ supply, version, settled }: Pool, loaded: LoadedPool | undefined): string | undefined {
  if (loaded === undefined) return undefined;
  if (loaded.version < version && !settled) return undefined;
  if (loaded.version === version && loaded.supply === supply) return undefined;
  return `Redis has ${loaded.supply} (version ${loaded.version}), the database ${supply} (version ${version})`;
}
