import path from 'node:path';
import pg from 'pg';
import { createPostgresHome } from '../database/postgres-home.ts';
import { createPostgresServer, postgresUrl } from '../database/postgres-server.ts';
import { createRedisServer, redisUrl } from '../database/redis-server.ts';
import type { ProcessSpec } from '../process/process-spec.ts';
import type { HouseOptions } from './options.ts';
import type { Ports } from './ports.ts';
import type { Secrets } from './secrets.ts';

export const DATABASE_NAME = 'souk';

/** One database server: run by the house (`spec`), or somebody else's, of whom only the address is known. */
export interface DatabaseServer {
  url: string;
  spec?: ProcessSpec;
  /** Where its data are. */
  folder?: string;
  /** Work to be done once, when the server is ready. */
  afterStart?(): Promise<void>;
}

export async function createPostgres(
  options: HouseOptions,
  secrets: Secrets,
  ports: Ports,
): Promise<DatabaseServer> {
  const external = options.env['DATABASE_URL'];
  if (external) return { url: external };
  const home = await createPostgresHome();
  const settings = {
    folder: await home.claimFolder(path.join(options.stateDir, 'postgres')),
    port: ports.postgres,
    password: secrets.databasePassword,
    disposable: options.disposable,
  };
  return {
    url: postgresUrl(settings, DATABASE_NAME),
    spec: await createPostgresServer(home, settings),
    folder: settings.folder,
    afterStart: () => ensureDatabase(postgresUrl(settings, 'postgres')),
  };
}

export async function createRedis(
  options: HouseOptions,
  secrets: Secrets,
  ports: Ports,
): Promise<DatabaseServer> {
  const external = options.env['REDIS_URL'];
  if (external) return { url: external };
  const settings = {
    folder: path.join(options.stateDir, 'redis'),
    port: ports.redis,
    password: secrets.redisPassword,
    disposable: options.disposable,
  };
  return { url: redisUrl(settings), spec: await createRedisServer(settings) };
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE_NAME]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE_NAME}`);
  } finally {
    await client.end();
  }
}
