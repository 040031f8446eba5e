import { prepareMachine } from '../setup/prepare-machine.ts';
import { describeFailure } from '../setup/setup-error.ts';
import { listAllParts } from '../verify/parts.ts';
import { describe, runParts } from '../verify/run-parts.ts';
import { runCli } from './run-cli.ts';

const print = (line: string) => console.log(line);

await runCli(async () => {
  print('── set-up ──');
  try {
    await prepareMachine('tests');
  } catch (error) {
    // What tests need and is missing is a failure, not a reason to skip them.
    print(describeFailure(error));
    print(describe({ passed: 0, failed: 1, skipped: 0 }));
    return 1;
  }
  return await runParts(listAllParts(print), print);
});
