import { setMaxListeners } from 'node:events';
import { parseCommandLine, UsageError } from './command-line.ts';
import { describeMachine } from './report/machine.ts';
import { hasPassed, type Report, writeReport } from './report/report.ts';
import { formatReport } from './report/table.ts';
import { runScenario } from './run-scenario.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { createTerminalProgress } from './world/progress.ts';

const FAILED = 1;
const MISUSED = 2;

export interface Bench {
  /** How it is called, for the help text. */
  readonly command: string;
  readonly scenarios: readonly Scenario[];
}

/** Runs one of the scenarios as the command line says, and ends the process: 0, 1 when a check failed, 2 when misused. */
export async function runCommand(args: readonly string[], bench: Bench): Promise<never> {
  try {
    process.exit(await play(args, bench));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exit(MISUSED);
  }
}

function getScenario(scenarios: readonly Scenario[], name: string): Scenario {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined) throw new RangeError(`there is no scenario ${name}`);
  return scenario;
}

async function play(args: readonly string[], { command, scenarios }: Bench): Promise<number> {
  const { scenario: name, jsonFile, settings } = parseCommandLine(args, scenarios, command);
  const scenario = getScenario(scenarios, name);
  const prepared = scenario.parse(settings);
  const abort = new AbortController();
  // Every bot listens for the end of the run.
  setMaxListeners(0, abort.signal);
  // The first Ctrl-C ends the run in order, with its report; a second one ends it at once.
  process.once('SIGINT', () => abort.abort(new Error('stopped by the user')));
  process.once('SIGTERM', () => abort.abort(new Error('stopped by a signal')));
  const outcome = await runScenario(prepared, { progress: createTerminalProgress(), signal: abort.signal });
  const report: Report = {
    scenario: scenario.name,
    machine: describeMachine(),
    params: prepared.params,
    results: outcome.results,
    peers: outcome.peers ?? [],
    checks: outcome.checks,
  };
  if (jsonFile !== undefined) await writeReport(jsonFile, report);
  console.log(`\n${formatReport(report)}`);
  return hasPassed(report) ? 0 : FAILED;
}
