import { createProgressLine } from './progress.ts';
import type { SetupStep } from './setup-step.ts';

/**
 * Runs the steps in order; a step whose check says `done` is passed over without a word.
 * Returns the names of the steps that had work to do. The first failure ends the run.
 */
export async function runSteps(
  steps: readonly SetupStep[],
  makeLine = createProgressLine,
): Promise<string[]> {
  const ran: string[] = [];
  for (const step of steps) {
    const verdict = await step.check();
    if (verdict.state === 'done') continue;
    await runStep(step, verdict.reason, makeLine);
    ran.push(step.name);
  }
  return ran;
}

async function runStep(step: SetupStep, reason: string, makeLine: typeof createProgressLine): Promise<void> {
  const line = makeLine(`${step.name} (${reason})`);
  try {
    await step.run(line);
    line.succeed();
  } catch (error) {
    line.fail();
    throw error;
  }
}
