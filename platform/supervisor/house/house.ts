import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { findFreePort, findPortFrom } from '../process/free-port.ts';
import { createProcessTable, type ProcessTable } from '../process/process-table.ts';
import { createPostgres, createRedis, type DatabaseServer } from './databases.ts';
import { createEnvironment } from './environment.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import type { HouseAddress, HouseOptions } from './options.ts';
import { choosePorts, type Ports } from './ports.ts';
import { prepareTables } from './prepare-tables.ts';
import { loadSecrets } from './secrets.ts';
import { createServiceProcess } from './service-process.ts';
import { type ServiceName, serviceTable } from './service-table.ts';

export interface House {
  /** Brings everything up; resolves when the origin serves all of it. On failure what did start keeps running until `stop`. */
  start(): Promise<HouseAddress>;
  /** Ends the services, then the databases. */
  stop(): Promise<void>;
  /** Ends everything at once. */
  kill(): void;
  /** The process of a service or database right now. */
  findPid(name: ServiceName | 'postgres' | 'redis'): number | undefined;
}

const PREFERRED_RTC_PORT = 40_000;

/** Builds a house of all services and, unless they are given, its databases. Nothing runs before `start`. */
export function createHouse(options: HouseOptions): House {
  mkdirSync(options.stateDir, { recursive: true, mode: 0o711 });
  const table = createProcessTable(path.join(options.stateDir, 'processes'));
  const keeper = createKeeper({
    logsDir: path.join(options.stateDir, 'logs'),
    table,
    report: options.report,
  });
  return {
    start: () => startHouse(options, table, keeper),
    async stop() {
      keeper.close();
      await keeper.stop(['edge']);
      await keeper.stop(['commerce', 'signaling', 'media-server', 'workers']);
      await keeper.stop(['postgres', 'redis']);
      await keeper.closeLogs();
    },
    kill: () => keeper.killAll(),
    findPid: (name) => keeper.findPid(name),
  };
}

async function startHouse(options: HouseOptions, table: ProcessTable, keeper: Keeper): Promise<HouseAddress> {
  for (const name of await table.endLeftovers()) options.report(`[${name}] was left from before: ended`);
  const secrets = loadSecrets(options.stateDir);
  const ports = await choosePorts(options.stateDir);
  const databases = await Promise.all([
    createPostgres(options, secrets, ports),
    createRedis(options, secrets, ports),
  ]);
  const edgePort = await chooseEdgePort(options);
  const address = {
    origin: `${options.tls ? 'https' : 'http'}://${options.publicName}:${edgePort}`,
    databaseUrl: databases[0].url,
    redisUrl: databases[1].url,
  };
  // A lasting port is what firewalls can be told; throw-away houses must not meet each other.
  const rtcPort = options.disposable ? 0 : await findPortFrom(PREFERRED_RTC_PORT, '0.0.0.0');
  const env = createEnvironment({ options, address, secrets, ports, edgePort, rtcPort });
  await Promise.all(databases.map((database) => startDatabase(keeper, database)));
  const tables = prepareTables(options, databases[0].folder, env);
  await startServices(options, keeper, env, { ...ports, edge: edgePort }, tables);
  return address;
}

async function startDatabase(keeper: Keeper, { spec, afterStart }: DatabaseServer): Promise<void> {
  if (!spec) return;
  await keeper.start(spec);
  await afterStart?.();
}

/** Those that need no tables start while the tables are made. */
async function startServices(
  options: HouseOptions,
  keeper: Keeper,
  env: NodeJS.ProcessEnv,
  ports: Ports & { edge: number },
  tables: Promise<void>,
): Promise<void> {
  const start = (names: readonly ServiceName[]) =>
    Promise.all(
      serviceTable
        .filter(({ name }) => names.includes(name))
        .map((entry) =>
          keeper.start(createServiceProcess(entry, healthUrl(options, entry.port, ports), env)),
        ),
    );
  await Promise.all([
    start(['signaling', 'media-server', 'edge']),
    tables.then(() => start(['commerce', 'workers'])),
  ]);
}

function healthUrl(
  options: HouseOptions,
  port: keyof Ports | 'edge',
  ports: Ports & { edge: number },
): string {
  if (port !== 'edge') return `http://127.0.0.1:${ports[port]}/healthz`;
  const host = ['0.0.0.0', '::'].includes(options.host) ? '127.0.0.1' : options.host;
  return `${options.tls ? 'https' : 'http'}://${host}:${ports.edge}/healthz`;
}

async function chooseEdgePort(options: HouseOptions): Promise<number> {
  if (options.port === 0) return await findFreePort();
  const port = await findPortFrom(options.port, options.host);
  if (port !== options.port) options.report(`Port ${options.port} is busy: ${port} is used instead.`);
  return port;
}
