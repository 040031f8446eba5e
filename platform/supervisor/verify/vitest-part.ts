import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { fromRoot } from '../paths.ts';
import { type Part, runVisibly, type Tally } from './part.ts';

/** What is used of the report that vitest's `json` reporter writes. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      /** Why the file as a whole could not be run. */
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});
type Report = z.input<typeof reportSchema>;

/** Lines of a failure's message that are said again at the end. */
const FAILURE_LINES = 8;

/** One project of vitest.config.ts as a part, counted test by test. */
export function vitestPart(name: string, print: (line: string) => void): Part {
  return {
    name,
    async run() {
      const folder = await mkdtemp(path.join(os.tmpdir(), 'souk-report-'));
      const file = path.join(folder, 'report.json');
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
      const code = await runVisibly([
        fromRoot('node_modules/vitest/vitest.mjs'),
        ...['run', '--project', name, ...reporters],
      ]);
      const report = await readReport(file);
      await rm(folder, { recursive: true, force: true });
      for (const skipped of listSkipped(report)) print(`skipped: ${skipped}`);
      return { tally: tally(report, code), failures: listFailures(report) };
    },
  };
}

/**
 * Counts a report. A file that failed as a whole (it could not be loaded) counts as one failure, and so does a run
 * that ended badly without any failed test.
 */
export function tally(report: Report, exitCode: number): Tally {
  const count = (test: (status: string) => boolean) =>
    report.testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => test(status)).length;
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((result) => result.status === 'failed'),
  ).length;
  const failed = count((status) => status === 'failed') + brokenFiles;
  return {
    passed: count((status) => status === 'passed'),
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: count((status) => status !== 'passed' && status !== 'failed'),
  };
}

/** Every failed test by file and name, and every file that could not be run, with the first lines of why. */
export function listFailures(report: Report): string[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative(fromRoot(), name);
    const failed = assertionResults.filter((result) => result.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [describeFailure(file, message)] : [];
    return failed.map(({ fullName, failureMessages }) =>
      describeFailure(`${file}: ${fullName}`, failureMessages?.join('\n')),
    );
  });
}

function describeFailure(what: string, why = ''): string {
  const lines = why.split('\n').filter((line) => line.trim() !== '');
  return [what, ...lines.slice(0, FAILURE_LINES).map((line) => `    ${line}`)].join('\n');
}

function listSkipped(report: Report): string[] {
  return report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName, status }) => `${path.relative(fromRoot(), name)}: ${fullName} (${status})`),
  );
}

async function readReport(file: string): Promise<Report> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? { testResults: [] } : reportSchema.parse(JSON.parse(text));
}
