import { workerBinaryPath } from '../mediasoup-worker/worker-binary.ts';
import { fromRoot } from '../paths.ts';
import { prepareMachine } from '../setup/prepare-machine.ts';
import { runVisibly } from '../verify/part.ts';
import { runCli } from './run-cli.ts';

/** `npm run load -- <scenario> --json FILE`: sets up, then hands over to the bench. */
await runCli(async () => {
  await prepareMachine('run');
  const env = { ...process.env, MEDIASOUP_WORKER_BIN: workerBinaryPath() };
  return await runVisibly(['--import', 'tsx', fromRoot('load-tests/cli.ts'), ...process.argv.slice(2)], env);
});
