import { prepareMachine } from '../setup/prepare-machine.ts';
import { runCli } from './run-cli.ts';

await runCli(async () => {
  const goal = process.argv.includes('--tests') ? 'tests' : 'run';
  const ran = await prepareMachine(goal);
  console.log(ran.length === 0 ? '✓ Everything is in place.' : '✓ Set-up is complete.');
  return 0;
});
