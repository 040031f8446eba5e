import type { Logger } from '@souk/runtime/logger';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';

/** Drizzle over the pool; columns are snake_case in the database. */
export type Orm = NodePgDatabase<Record<string, never>>;
/** An open transaction. */
export type Tx = Parameters<Parameters<Orm['transaction']>[0]>[0];
/** Where a read may run: on its own, or inside a transaction. */
export type Executor = Pick<
  Orm,
  | 'select'
  | 'selectDistinct'
  | 'selectDistinctOn'
  | 'execute'
  | 'insert'
  | 'update'
  | 'delete'
  | '$with'
  | 'with'
>;

export interface Database {
  readonly orm: Orm;
  readonly pool: Pool;
  /** Calls back after each transaction of `inTransaction` that was committed. Returns how to end that. */
  onCommit(listener: () => void): () => void;
  /** Tells the listeners; `inTransaction` does it. */
  committed(): void;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly logger: Logger;
  readonly maxConnections?: number;
  /** Shown in pg_stat_activity. */
  readonly name?: string;
}

const STATEMENT_TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 5_000;

/** A pool of connections to PostgreSQL. Lost idle connections are logged and replaced. */
export function createDatabase({
  url,
  logger,
  maxConnections = 20,
  name = 'commerce',
}: DatabaseOptions): Database {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    application_name: `souk-${name}`,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  const lost = (err: Error): void => logger.warn({ event: 'database-connection-lost', err });
  pool.on('error', lost);
  // One that is lost between two statements of a transaction has nobody else to tell; the next statement fails.
  pool.on('connect', (client) => client.on('error', lost));
  const listeners = new Set<() => void>();
  let closing: Promise<void> | undefined;
  return {
    orm: drizzle({ client: pool, casing: 'snake_case' }),
    pool,
    onCommit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    committed() {
      for (const listener of listeners) listener();
    },
    close() {
      closing ??= pool.end();
      return closing;
    },
  };
}

/** SQLSTATE of conflicts that go away when the transaction is tried again: serialization failure, deadlock. */
const conflictCodes = new Set(['40001', '40P01']);
const MAX_ATTEMPTS = 3;

/**
 * Runs `work` in one transaction and tells the commit listeners (the outbox relay) afterwards.
 * A deadlock is tried again, so `work` must do nothing outside of the transaction.
 */
export async function inTransaction<Result>(
  db: Database,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const result = await retryConflicts(() => db.orm.transaction(work));
  db.committed();
  return result;
}

/** Does something that is rolled back as a whole when it fails, and again after a deadlock or the like. */
export async function retryConflicts<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= MAX_ATTEMPTS || !conflictCodes.has(sqlStateOf(error) ?? '')) throw error;
    }
  }
}

/** The SQLSTATE of a database error, also when drizzle has wrapped it; undefined for other errors. */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return sqlStateOf(error.cause);
}

/** True for a violated unique constraint. Source: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function isUniqueViolation(error: unknown): boolean {
  return sqlStateOf(error) === '23505';
}
