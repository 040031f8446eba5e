import { existsSync } from 'node:fs';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { findExecutable } from './find-executable.ts';
import type { Progress } from './progress.ts';
import { type CommandResult, lastLines, runCommand } from './run-command.ts';
import { SetupError } from './setup-error.ts';

export interface PackageInstaller {
  install(names: readonly string[], progress: Progress): Promise<void>;
}

/** How commands get root rights here: already root, by sudo without a password, or not at all. */
type Elevation = 'root' | 'sudo' | 'none';

const APT_ENV = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
const POLICY_FILE = '/usr/sbin/policy-rc.d';

/** Installs Debian and Ubuntu packages; where that is not possible, its error gives the command to run by hand. */
export function createAptInstaller(): PackageInstaller {
  return { install: installWithApt };
}

async function installWithApt(names: readonly string[], progress: Progress): Promise<void> {
  const elevation = await findElevation();
  if (!findExecutable('apt-get')) throw notDebian(names);
  if (elevation === 'none') throw notAllowed(names);
  progress.update('apt-get update');
  const update = await runApt(elevation, ['update'], progress);
  const undo = await keepServicesStopped(elevation);
  try {
    await installOrRetry(elevation, names, progress, update);
  } finally {
    await undo();
  }
}

async function installOrRetry(
  elevation: Elevation,
  names: readonly string[],
  progress: Progress,
  update: CommandResult,
): Promise<void> {
  const args = ['install', '-y', '--no-install-recommends', ...names];
  let result = await runApt(elevation, args, progress);
  if (result.code !== 0) {
    progress.say('apt-get failed, one more try with fresh lists');
    await runApt(elevation, ['update'], progress);
    result = await runApt(elevation, args, progress);
  }
  if (result.code === 0) return;
  const why = [update.code === 0 ? '' : lastLines(update.output, 3), lastLines(result.output)]
    .filter(Boolean)
    .join('\n');
  throw new SetupError(
    'apt-get could not install the packages.',
    why,
    `Run it yourself, then start again:\n${aptCommand(names)}`,
  );
}

async function findElevation(): Promise<Elevation> {
  if (process.getuid?.() === 0) return 'root';
  if (!findExecutable('sudo')) return 'none';
  const probe = await runCommand('sudo', ['-n', 'true'], { timeoutMs: 5_000 });
  return probe.code === 0 ? 'sudo' : 'none';
}

function runApt(elevation: Elevation, args: readonly string[], progress: Progress): Promise<CommandResult> {
  const options = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'APT::Status-Fd=1', '-o', 'Acquire::Retries=2'];
  return elevated(elevation, 'apt-get', [...options, ...args], (line) => showAptStatus(line, progress));
}

function elevated(
  elevation: Elevation,
  file: string,
  args: readonly string[],
  onLine?: (line: string) => void,
) {
  const settings = Object.entries(APT_ENV).map(([key, value]) => `${key}=${value}`);
  const command = ['env', ...settings, file, ...args];
  const [program = '', ...rest] = elevation === 'sudo' ? ['sudo', '-n', ...command] : command;
  return runCommand(program, rest, onLine ? { onLine } : {});
}

/** apt's status lines look like `dlstatus:1:42.5:text` while loading and `pmstatus:name:42.5:text` while unpacking. */
function showAptStatus(line: string, progress: Progress): void {
  const match = /^(dlstatus|pmstatus):[^:]*:([\d.]+):/.exec(line);
  if (!match) return;
  const label = match[1] === 'dlstatus' ? 'downloading' : 'installing';
  progress.update(label, Number(match[2]) / 100);
}

/**
 * Debian starts a service when its package arrives. Souk runs a Redis of its own, so for the time of the
 * installation a policy file (unless there is one) says no. Returns the undo.
 */
async function keepServicesStopped(elevation: Elevation): Promise<() => Promise<void>> {
  if (elevation !== 'root' || existsSync(POLICY_FILE)) return async () => {};
  await writeFile(POLICY_FILE, '#!/bin/sh\nexit 101\n');
  await chmod(POLICY_FILE, 0o755);
  return () => rm(POLICY_FILE, { force: true });
}

function aptCommand(names: readonly string[]): string {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`;
}

function notAllowed(names: readonly string[]): SetupError {
  return new SetupError(
    `System packages are missing: ${names.join(', ')}.`,
    'This user is not root and has no sudo without a password.',
    `Run this command, then start again:\n${aptCommand(names)}`,
  );
}

function notDebian(names: readonly string[]): SetupError {
  return new SetupError(
    `System packages are missing: ${names.join(', ')}.`,
    'They can be installed automatically on Debian and Ubuntu only.',
    process.platform === 'darwin'
      ? 'Run this command, then start again:\nbrew install redis ffmpeg'
      : `Install the packages of your system that hold these, then start again. On Debian:\n${aptCommand(names)}`,
  );
}
