import type { Part, Tally } from './part.ts';

/**
 * Runs the parts one after another, names each, and goes on after a failure. Closes with the one line that sums
 * them up. Returns the exit code.
 */
export async function runParts(parts: readonly Part[], print: (line: string) => void): Promise<number> {
  const results: { name: string; tally: Tally; seconds: number }[] = [];
  for (const part of parts) {
    print(`\n── ${part.name} ──`);
    const startedAtMs = performance.now();
    const tally = await part.run();
    results.push({ name: part.name, tally, seconds: (performance.now() - startedAtMs) / 1000 });
  }
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
