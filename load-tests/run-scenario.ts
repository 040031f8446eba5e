import type { Outcome, PreparedScenario, ScenarioContext } from './scenarios/scenario.ts';

/** Runs a scenario; one that breaks off is a failed check of its own, so that its report is written as well. */
export async function runScenario(scenario: PreparedScenario, context: ScenarioContext): Promise<Outcome> {
  try {
    return await scenario.run(context);
  } catch (error) {
    const reason = context.signal.aborted ? context.signal.reason : error;
    console.error(reason);
    return {
      results: { brokeOff: reason instanceof Error ? reason.message : String(reason) },
      checks: [{ name: 'the scenario ran to its end', value: 0, bound: '= 1', pass: false }],
    };
  }
}
