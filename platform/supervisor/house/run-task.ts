import { fromRoot } from '../paths.ts';
import { lastLines, runCommand } from '../setup/run-command.ts';
import { SetupError } from '../setup/setup-error.ts';
import { pickEnvironment } from './environment.ts';
import { serviceTable } from './service-table.ts';

const TASK_TIMEOUT_MS = 120_000;

/** Runs one of commerce's own commands to its end, with commerce's variables. Throws a SetupError with its last lines. */
export async function runCommerceTask(script: string, what: string, env: NodeJS.ProcessEnv): Promise<string> {
  const entry = serviceTable.find(({ name }) => name === 'commerce');
  const result = await runCommand(process.execPath, ['--import', 'tsx', fromRoot('commerce/cli', script)], {
    cwd: fromRoot(),
    env: pickEnvironment(entry?.secrets ?? [], env),
    timeoutMs: TASK_TIMEOUT_MS,
  });
  if (result.code === 0) return result.output;
  throw new SetupError(
    `${what} failed.`,
    lastLines(result.output),
    'See the lines above; `npm run reset` starts over with empty data.',
  );
}
