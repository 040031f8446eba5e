import { pathToFileURL } from 'node:url';
import { fromRoot } from '../paths.ts';
import { lastLines, runCommand } from '../setup/run-command.ts';
import { SetupError } from '../setup/setup-error.ts';
import { pickEnvironment } from './environment.ts';
import { serviceTable } from './service-table.ts';

const TASK_TIMEOUT_MS = 120_000;

/**
 * Runs commands of commerce's own, one after another in one process (each start of Node costs a second), with
 * commerce's variables. Throws a SetupError with the last lines.
 */
export async function runCommerceTasks(scripts: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const entry = serviceTable.find(({ name }) => name === 'commerce');
  const urls = scripts.map((script) => pathToFileURL(fromRoot('commerce/cli', script)).href);
  const program = urls.map((url) => `await import(${JSON.stringify(url)});`).join('\n');
  const args = ['--import', 'tsx/esm', '--input-type=module', '--eval', program];
  const result = await runCommand(process.execPath, args, {
    cwd: fromRoot(),
    env: pickEnvironment(entry?.secrets ?? [], env),
    timeoutMs: TASK_TIMEOUT_MS,
  });
  if (result.code === 0) return;
  throw new SetupError(
    'The database could not be prepared.',
    lastLines(result.output, 12),
    'See the lines above; `npm run reset` starts over with empty data.',
  );
}
