import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fromRoot } from '../paths.ts';
import { hashFiles } from '../setup/hash-files.ts';
import type { HouseOptions } from './options.ts';
import { runCommerceTasks } from './run-task.ts';

const isLeftOut = (name: string) => name === 'node_modules' || name.includes('.test.');

/**
 * Migrates the database and fills the demo shop. Both do nothing when they have been done, but finding that out
 * costs two seconds; so for the own database a note beside its data says by which sources it was done.
 * `folder` is that of the data, and undefined for somebody else's database, which is asked each time.
 */
export async function prepareTables(
  options: HouseOptions,
  folder: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const tasks = options.demo === 'none' ? ['migrate.ts'] : ['migrate.ts', 'seed-demo.ts'];
  if (folder === undefined) return await runCommerceTasks(tasks, env);
  const note = path.join(folder, 'prepared-by');
  const wanted = `${tasks.join('+')} ${await hashFiles([fromRoot('commerce')], isLeftOut)}`;
  if ((await readFile(note, 'utf8').catch(() => '')) === wanted) return;
  await runCommerceTasks(tasks, env);
  await writeFile(note, wanted);
}
