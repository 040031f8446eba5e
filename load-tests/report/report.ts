import { writeFile } from 'node:fs/promises';
import type { Check } from './check.ts';
import type { Machine } from './machine.ts';

/** Figures of a run: numbers and texts, nested as they belong together, for example `holdMs.p99`. */
export interface Results {
  readonly [name: string]: number | string | boolean | null | Results | readonly Results[];
}

/** The same load put on another system, for comparison. */
export interface PeerResult {
  readonly name: string;
  readonly results: Results;
}

/** What a run leaves behind. */
export interface Report {
  readonly scenario: string;
  readonly machine: Machine;
  readonly params: Results;
  readonly results: Results;
  readonly peers: readonly PeerResult[];
  readonly checks: readonly Check[];
}

/** True when every bound was kept. */
export function hasPassed(report: Report): boolean {
  return report.checks.every((check) => check.pass);
}

/** Writes the report as JSON. */
export async function writeReport(file: string, report: Report): Promise<void> {
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
}
