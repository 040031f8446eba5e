import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root folder of this checkout. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Everything that a running Souk keeps between starts. */
export const stateDir = path.join(projectRoot, '.souk');

/** A file or folder of the project, by its path from the root. */
export function fromRoot(...parts: string[]): string {
  return path.join(projectRoot, ...parts);
}

/** What is expensive to make and depends on nothing in the checkout; outlives node_modules and the clone. */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return path.join(env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'souk');
}
