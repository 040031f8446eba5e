import { createAptInstaller, type PackageInstaller } from './apt.ts';
import { findExecutable } from './find-executable.ts';
import type { SystemPackage } from './package-table.ts';
import { runCommand } from './run-command.ts';
import { done, needed, type SetupStep } from './setup-step.ts';

/** The packages of a list that this machine lacks. Changes nothing. */
export async function findMissingPackages(packages: readonly SystemPackage[]): Promise<SystemPackage[]> {
  const present = await Promise.all(packages.map(isPresent));
  return packages.filter((_, index) => !present[index]);
}

async function isPresent(wanted: SystemPackage): Promise<boolean> {
  if (wanted.programs?.some((program) => findExecutable(program))) return true;
  if (wanted.library === undefined) return false;
  const answer = await runCommand('pkg-config', ['--exists', wanted.library]);
  return answer.code === 0;
}

/**
 * The step that installs missing system packages. `listWanted` is asked at check time, because what is wanted
 * depends on earlier steps: the compiler's packages only matter when the worker could not be downloaded.
 */
export function createSystemPackagesStep(
  listWanted: () => Promise<readonly SystemPackage[]>,
  installer: PackageInstaller = createAptInstaller(),
): SetupStep {
  let missing: SystemPackage[] = [];
  return {
    name: 'system packages',
    async check() {
      missing = await findMissingPackages(await listWanted());
      return missing.length === 0 ? done : needed(missing.map((item) => item.apt).join(', '));
    },
    async run(progress) {
      for (const item of missing) progress.say(`${item.apt}: ${item.purpose}`);
      await installer.install(
        missing.map((item) => item.apt),
        progress,
      );
    },
  };
}
