import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chown, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { ProcessSpec } from '../process/process-spec.ts';
import { lastLines, runCommand } from '../setup/run-command.ts';
import { SetupError } from '../setup/setup-error.ts';
import type { PostgresHome } from './postgres-home.ts';
import { getPostgresMajorVersion } from './postgres-package.ts';

export interface PostgresSettings {
  /** A folder that PostgresHome.claimFolder answered. */
  folder: string;
  port: number;
  password: string;
  /** True for throw-away data: nothing is forced to the disk. */
  disposable: boolean;
}

const MAX_CONNECTIONS = 200;

/** The connection string of a database of this server. */
export function postgresUrl(settings: Pick<PostgresSettings, 'port' | 'password'>, database: string): string {
  return `postgresql://souk:${settings.password}@127.0.0.1:${settings.port}/${database}`;
}

/** Makes the data folder when it is new, and answers how to run the server on it. */
export async function createPostgresServer(
  home: PostgresHome,
  settings: PostgresSettings,
): Promise<ProcessSpec> {
  const dataDir = path.join(settings.folder, 'data');
  if (!existsSync(dataDir)) await initialise(home, settings, dataDir);
  assertSameMajorVersion(dataDir);
  return {
    name: 'postgres',
    file: path.join(home.binDir, 'postgres'),
    args: ['-D', dataDir, '-p', String(settings.port), ...serverSettings(settings)],
    env: { PATH: process.env['PATH'], TZ: 'UTC' },
    cwd: '/',
    user: home.user,
    stopSignal: 'SIGINT', // a fast shutdown: open sessions are ended, data is written
    deathSignal: 'SIGINT',
    ownGroup: true,
    isReady: () => canConnect(postgresUrl(settings, 'postgres')),
  };
}

function serverSettings({ disposable }: PostgresSettings): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: String(MAX_CONNECTIONS),
    timezone: 'UTC',
    ...(disposable ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  return Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
}

/** Makes the data under another name first: an interrupted run leaves nothing that looks complete. */
async function initialise(home: PostgresHome, settings: PostgresSettings, dataDir: string): Promise<void> {
  const part = `${dataDir}.part`;
  await rm(part, { recursive: true, force: true });
  const passwordFile = path.join(os.tmpdir(), `souk-${randomBytes(8).toString('hex')}`);
  await writeFile(passwordFile, settings.password, { mode: 0o600 });
  if (home.user) await chown(passwordFile, home.user.uid, home.user.gid);
  const args = [
    ...['-D', part, '-U', 'souk', '--pwfile', passwordFile, '--auth', 'scram-sha-256', '--encoding', 'UTF8'],
    // A locale of PostgreSQL's own: the same order of text on every system.
    ...['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ...(settings.disposable ? ['--no-sync'] : []),
  ];
  const result = await runCommand(path.join(home.binDir, 'initdb'), args, { cwd: '/', ...asUser(home) });
  await rm(passwordFile, { force: true });
  if (result.code !== 0) {
    const todo = `Check that there is room on the disk and that ${settings.folder} can be written, then try again.`;
    throw new SetupError('PostgreSQL could not make its data folder.', lastLines(result.output), todo);
  }
  await rename(part, dataDir);
}

function asUser(home: PostgresHome) {
  return home.user ? { user: home.user } : {};
}

function assertSameMajorVersion(dataDir: string): void {
  const dataVersion = readFileSync(path.join(dataDir, 'PG_VERSION'), 'utf8').trim();
  const bundled = getPostgresMajorVersion();
  if (dataVersion === bundled) return;
  throw new SetupError(
    `The data in ${dataDir} are of PostgreSQL ${dataVersion}.`,
    `This Souk brings PostgreSQL ${bundled}, which cannot read them.`,
    'Move them with pg_dump and pg_restore, or clear them with `npm run reset`.',
  );
}

async function canConnect(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {}); // a server that is ending breaks the probe's connection; the answer below says so
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } finally {
    await client.end();
  }
}
