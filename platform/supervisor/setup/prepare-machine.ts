import { listSetupSteps, type SetupGoal } from './prepare.ts';
import { runSteps } from './run-steps.ts';

/** Brings the machine to where Souk can run (or be tested); quick when nothing is missing. */
export async function prepareMachine(goal: SetupGoal): Promise<string[]> {
  return await runSteps(listSetupSteps(goal));
}
