import type { Redis } from 'ioredis';
import type { PoolClient } from 'pg';

/** Something that must never be so. */
export interface Violation {
  /** Name of the invariant. */
  readonly invariant: string;
  /** What is wrong: an id. */
  readonly subject: string;
  readonly detail: string;
}

/** Counts of one variant or one sale, as Redis has them. */
export interface LoadedPool {
  readonly supply: number;
  readonly version: number;
}

/** What an invariant looks at. */
export interface Stores {
  /** One read-only snapshot of the database. */
  readonly pg: Pick<PoolClient, 'query'>;
  readonly redis: Redis;
  /** What Redis had loaded of the pools before the snapshot of the database was taken. */
  readonly loadedPools: ReadonlyMap<string, LoadedPool>;
  /** Server wall-clock milliseconds when the check began. */
  readonly now: number;
  /** How long something may be under way before it counts as stuck. */
  readonly graceMs: number;
  /** When Redis lost all its data last, Unix milliseconds; 0 when it never did. */
  readonly redisLostAt: number;
}

/** A rule over the data of the house that holds at every moment, whatever was killed. */
export interface Invariant {
  readonly name: string;
  check(stores: Stores): Promise<Violation[]>;
}

interface Row {
  readonly subject: string;
  readonly detail: string;
}

/**
 * An invariant whose violations one SQL query finds: each row is one, with the columns `subject` and `detail`.
 * Where the query has a parameter, it is the instant before which nothing may be pending any more.
 */
export function createSqlInvariant({ name, sql }: { name: string; sql: string }): Invariant {
  return {
    name,
    async check({ pg, now, graceMs }) {
      const values = sql.includes('$1') ? [new Date(now - graceMs)] : [];
      const { rows } = await pg.query<Row>(sql, values);
      return rows.map(({ subject, detail }) => ({ invariant: name, subject, detail }));
    },
  };
}
