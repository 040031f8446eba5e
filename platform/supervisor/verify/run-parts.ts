import type { Part, PartResult, Tally } from './part.ts';

/**
 * Runs the parts one after another, names each, and goes on after a failure. Closes with what failed, a line for
 * each part, and the one line that sums them up. Returns the exit code.
 */
export async function runParts(parts: readonly Part[], print: (line: string) => void): Promise<number> {
  const results: (PartResult & { name: string; seconds: number })[] = [];
  for (const part of parts) {
    print(`\n── ${part.name} ──`);
    const startedAtMs = performance.now();
    const result = await part.run();
    results.push({ ...result, name: part.name, seconds: (performance.now() - startedAtMs) / 1000 });
  }
  for (const failure of results.flatMap(({ failures }) => failures)) print(`\n✗ ${failure}`);
  print('');
  for (const { name, tally, seconds } of results) {
    print(
      `${tally.failed === 0 ? '✓' : '✗'} ${name.padEnd(12)} ${describe(tally)} (${seconds.toFixed(1)} s)`,
    );
  }
  const total = sum(results.map(({ tally }) => tally));
  print('');
  print(describe(total));
  return total.failed === 0 ? 0 : 1;
}

export function describe({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (total, tally) => ({
      passed: total.passed + tally.passed,
      failed: total.failed + tally.failed,
      skipped: total.skipped + tally.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}
