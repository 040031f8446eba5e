import { fromRoot } from '../paths.ts';
import { prepareMachine } from '../setup/prepare-machine.ts';
import { runVisibly } from '../verify/part.ts';
import { runCli } from './run-cli.ts';

/** `npm run chaos -- --scenario sale --seed N --rounds N --json FILE`: sets up, then hands over to the chaos runner. */
await runCli(async () => {
  await prepareMachine('run');
  return await runVisibly(['--import', 'tsx', fromRoot('load-tests/chaos/cli.ts'), ...process.argv.slice(2)]);
});
