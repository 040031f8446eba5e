import { existsSync } from 'node:fs';
import path from 'node:path';
import { postgresUrl } from '../database/postgres-server.ts';
import { DATABASE_NAME } from '../house/databases.ts';
import { readPorts } from '../house/ports.ts';
import { loadSecrets } from '../house/secrets.ts';
import { fromRoot, stateDir } from '../paths.ts';
import { createProcessTable } from '../process/process-table.ts';
import { SetupError } from '../setup/setup-error.ts';
import { runVisibly } from '../verify/part.ts';
import { runCli } from './run-cli.ts';

/** `npm run create-admin -- you@example.com`: makes the first admin, in the own database or in that of DATABASE_URL. */
await runCli(async () => {
  if (existsSync(fromRoot('.env'))) process.loadEnvFile(fromRoot('.env'));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DATABASE_URL: process.env['DATABASE_URL'] || findOwnDatabase(),
  };
  const [email] = process.argv.slice(2);
  if (email) env['ADMIN_EMAIL'] = email;
  const script = fromRoot('commerce/cli/create-admin.ts');
  return await runVisibly(['--import', 'tsx', script], env);
});

function findOwnDatabase(): string {
  const { postgres } = readPorts(stateDir);
  const isRunning = createProcessTable(path.join(stateDir, 'processes')).findAlive('postgres') !== undefined;
  if (postgres === undefined || !isRunning) {
    throw new SetupError(
      'There is no database to make the admin in.',
      'Souk does not run here, and DATABASE_URL is not set.',
      'Run `npm start` in another terminal first, or set DATABASE_URL.',
    );
  }
  return postgresUrl({ port: postgres, password: loadSecrets(stateDir).databasePassword }, DATABASE_NAME);
}
