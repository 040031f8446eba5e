import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { createPostgresHome } from '../database/postgres-home.ts';
import { stateDir } from '../paths.ts';
import { createProcessTable } from '../process/process-table.ts';
import { claimInstance } from '../start/single-instance.ts';
import { runCli } from './run-cli.ts';

/** Clears everything that Souk keeps between starts: data, secrets, logs. Refuses while it runs. */
await runCli(async () => {
  if (!existsSync(stateDir)) {
    console.log('✓ There is nothing to clear.');
    return 0;
  }
  const table = createProcessTable(path.join(stateDir, 'processes'));
  await claimInstance(table, (line) => console.log(line));
  await table.endLeftovers();
  const home = await createPostgresHome();
  const databaseFolder = await home.claimFolder(path.join(stateDir, 'postgres'));
  const isElsewhere = path.relative(stateDir, databaseFolder).startsWith('..');
  await rm(isElsewhere ? path.dirname(databaseFolder) : databaseFolder, { recursive: true, force: true });
  await rm(stateDir, { recursive: true, force: true });
  console.log('✓ Cleared: data, secrets and logs.');
  return 0;
});
