import { describeFailure } from '../setup/setup-error.ts';

/** Runs a command to its exit code; a failure is told in words, never as a bare stack for a known cause. */
export async function runCli(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(describeFailure(error));
    process.exitCode = 1;
  }
}
