import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../paths.ts';
import type { OsUser } from '../process/os-user.ts';
import { getPostgresPackage, getPostgresVersion } from './postgres-package.ts';
import { getPostgresUser } from './postgres-user.ts';

/** Where PostgreSQL's programs are, whom they run as, and where its data can be. */
export interface PostgresHome {
  readonly binDir: string;
  readonly user: OsUser | undefined;
  /**
   * Makes a folder that PostgreSQL's user owns and can reach: the wanted one, or one of the same name elsewhere.
   * Where it is, is remembered beside the wanted one, so that data are found again whatever rights change.
   */
  claimFolder(wanted: string): Promise<string>;
}

const SHARED_ROOT = '/var/lib';

/**
 * Finds the bundled PostgreSQL. When it must run as another user who cannot reach this checkout (as under /root),
 * its programs are copied, once for each version, to a folder that everybody can reach.
 */
export async function createPostgresHome(): Promise<PostgresHome> {
  const user = await getPostgresUser();
  const { dir } = getPostgresPackage();
  const native = path.join(dir, 'native');
  const binDir = canRun(path.join(native, 'bin/postgres'), user)
    ? path.join(native, 'bin')
    : await copyPrograms(native);
  return { binDir, user, claimFolder: (wanted) => claimFolder(wanted, user) };
}

function canRun(program: string, user: OsUser | undefined): boolean {
  return spawnSync(program, ['--version'], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}

async function copyPrograms(native: string): Promise<string> {
  const target = path.join(SHARED_ROOT, 'souk', `postgres-${getPostgresVersion()}`);
  if (!existsSync(target)) {
    await rm(`${target}.part`, { recursive: true, force: true });
    await mkdir(path.dirname(target), { recursive: true, mode: 0o755 });
    await cp(native, `${target}.part`, { recursive: true, verbatimSymlinks: true });
    await rename(`${target}.part`, target);
  }
  return path.join(target, 'bin');
}

async function claimFolder(wanted: string, user: OsUser | undefined): Promise<string> {
  const parent = path.dirname(wanted);
  await mkdir(parent, { recursive: true });
  const note = `${wanted}-folder`;
  const folder = existsSync(note) ? (await readFile(note, 'utf8')).trim() : chooseFolder(wanted, user);
  await writeFile(note, folder);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  if (user) await chown(folder, user.uid, user.gid);
  return folder;
}

function chooseFolder(wanted: string, user: OsUser | undefined): string {
  return user === undefined || canEnter(path.dirname(wanted), user) ? wanted : sharedFolder(wanted);
}

function canEnter(folder: string, user: OsUser): boolean {
  return spawnSync('test', ['-x', folder], { ...user, cwd: '/' }).status === 0;
}

/** A folder of this checkout alone, so that two checkouts under /root never share their data. */
function sharedFolder(wanted: string): string {
  const hash = createHash('sha256')
    .update(projectRoot)
    .update(path.dirname(wanted))
    .digest('hex')
    .slice(0, 10);
  return path.join(SHARED_ROOT, 'souk', hash, path.basename(wanted));
}
