import { setMaxListeners } from 'node:events';
import { parseCommandLine, UsageError } from './command-line.ts';
import { describeMachine } from './report/machine.ts';
import { hasPassed, type Report, writeReport } from './report/report.ts';
import { formatReport } from './report/table.ts';
import { runScenario } from './run-scenario.ts';
import { getScenario, scenarios } from './scenarios/all.ts';
import { createTerminalProgress } from './world/progress.ts';

const FAILED = 1;
const MISUSED = 2;

async function main(): Promise<number> {
  const { scenario: name, jsonFile, settings } = parseCommandLine(process.argv.slice(2), scenarios);
  const prepared = getScenario(name).parse(settings);
  const abort = new AbortController();
  // Every bot listens for the end of the run.
  setMaxListeners(0, abort.signal);
  // The first Ctrl-C ends the run in order, with its report; a second one ends it at once.
  process.once('SIGINT', () => abort.abort(new Error('stopped by the user')));
  process.once('SIGTERM', () => abort.abort(new Error('stopped by a signal')));
  const outcome = await runScenario(prepared, { progress: createTerminalProgress(), signal: abort.signal });
  const report: Report = {
    scenario: name,
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

try {
  process.exit(await main());
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exit(MISUSED);
}
