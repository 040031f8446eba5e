import { renameSync } from 'node:fs';
import path from 'node:path';

/** Moments of a purchase at which a death must do no harm. */
export const crashPoints = [
  'after-hold',
  'after-claim',
  'after-charge',
  'before-relay',
  'between-webhook-and-mark',
] as const;
export type CrashPoint = (typeof crashPoints)[number];

/** Lets tests end the process at a named moment, and take a guard away. In a real house it does nothing. */
export interface CrashSeam {
  /** Does not return when this moment is the one to die at. */
  reach(point: CrashPoint): void;
  /** True: a claim that died half-way is ended without asking PostgreSQL how it went. */
  readonly isGuardBroken: boolean;
}

/** The seam of a real house. */
export const noCrash: CrashSeam = { reach: () => undefined, isGuardBroken: false };

export interface CrashConfig {
  readonly NODE_ENV: string;
  /** Folder in which a file named after a point arms it. */
  readonly CRASH_POINTS_DIR: string;
  readonly BREAK_CLAIM_GUARD: boolean;
}

/** Throws Error when production is asked to break. */
export function createCrashSeam(config: CrashConfig, die: () => void = killItself): CrashSeam {
  const { NODE_ENV: nodeEnv, CRASH_POINTS_DIR: folder, BREAK_CLAIM_GUARD: isGuardBroken } = config;
  if (folder === '' && !isGuardBroken) return noCrash;
  if (nodeEnv === 'production')
    throw new Error('CRASH_POINTS_DIR and BREAK_CLAIM_GUARD are refused when NODE_ENV=production');
  const reach = (point: CrashPoint): void => {
    if (disarm(path.join(folder, point))) die();
  };
  return { reach: folder === '' ? noCrash.reach : reach, isGuardBroken };
}

/** Of several processes that get here one is hit. */
function disarm(file: string): boolean {
  try {
    renameSync(file, `${file}.reached`);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

function killItself(): void {
  process.kill(process.pid, 'SIGKILL');
}
