import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { cacheDir, fromRoot } from '../paths.ts';
import { runCommand } from '../setup/run-command.ts';

/** The worker ends with this code when it is run by hand: proof that it loads on this machine. */
const NOT_STARTED_BY_MEDIASOUP = 41;

const packageJson = z.object({ version: z.string() });

/** The version of the installed mediasoup package; worker and package share a schema and must be of one version. */
export function getMediasoupVersion(packageDir = mediasoupDir()): string {
  const text = readFileSync(path.join(packageDir, 'package.json'), 'utf8');
  return packageJson.parse(JSON.parse(text)).version;
}

export function mediasoupDir(): string {
  return fromRoot('node_modules/mediasoup');
}

/** Where the worker of the installed version is kept: outside node_modules, so that a reinstall keeps it. */
export function workerBinaryPath(
  version = getMediasoupVersion(),
  env: NodeJS.ProcessEnv = process.env,
): string {
  return env['MEDIASOUP_WORKER_BIN'] || path.join(workerCacheDir(version, env), 'mediasoup-worker');
}

export function workerCacheDir(version: string, env: NodeJS.ProcessEnv = process.env): string {
  return path.join(cacheDir(env), 'mediasoup-worker', `${version}-${process.platform}-${process.arch}`);
}

/** Whether a file is a mediasoup worker that runs here: an old one may lack its libraries after a system upgrade. */
export async function isUsableWorker(file: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  const { code } = await runCommand(file, [], { env: {}, timeoutMs: 5_000 });
  return code === NOT_STARTED_BY_MEDIASOUP;
}
