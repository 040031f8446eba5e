import { lstat, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { getPostgresPackage } from '../database/postgres-package.ts';
import { done, needed, type SetupStep } from './setup-step.ts';

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * npm packages cannot hold symbolic links, so the PostgreSQL package lists those that its libraries need and makes
 * them in an install script. Those scripts are off here (.npmrc), so this step makes them.
 */
export function createPostgresBinariesStep(packageDir = getPostgresPackage().dir): SetupStep {
  return {
    name: 'PostgreSQL binaries',
    async check() {
      const links = await readLinks(packageDir);
      const present = await Promise.all(links.map((link) => isLink(link.target)));
      return present.every(Boolean) ? done : needed('links between libraries');
    },
    async run() {
      for (const link of await readLinks(packageDir)) {
        await rm(link.target, { force: true });
        await mkdir(path.dirname(link.target), { recursive: true });
        await symlink(path.relative(path.dirname(link.target), link.source), link.target);
      }
    },
  };
}

async function readLinks(packageDir: string) {
  const text = await readFile(path.join(packageDir, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  return symlinkList.parse(JSON.parse(text)).map(({ source, target }) => ({
    source: path.join(packageDir, source),
    target: path.join(packageDir, target),
  }));
}

async function isLink(file: string): Promise<boolean> {
  const stat = await lstat(file).catch(() => undefined);
  return stat?.isSymbolicLink() ?? false;
}
