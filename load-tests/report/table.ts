import { hasPassed, type Report, type Results } from './report.ts';

/** The report as lines of text for a terminal. */
export function formatReport(report: Report): string {
  const figures = flatten(report.results).map(([name, value]) => [name, String(value)]);
  const peers = report.peers.flatMap(({ name, results }) =>
    flatten(results).map(([figure, value]) => [`${name}: ${figure}`, String(value)]),
  );
  const checks = report.checks.map(({ name, value, bound, pass }) => [
    pass ? 'ok' : 'FAILED',
    name,
    String(value),
    bound,
  ]);
  return [
    `Scenario ${report.scenario} on ${report.machine.cores} cores (${report.machine.cpu}), Node ${report.machine.node}`,
    '',
    ...columns(figures),
    ...(peers.length === 0 ? [] : ['', ...columns(peers)]),
    '',
    ...columns(checks),
    '',
    hasPassed(report) ? 'Every check passed.' : 'Some checks failed.',
  ].join('\n');
}

type Leaf = readonly [name: string, value: unknown];

/** The figures with their full names; a set of percentiles stays together on one line, and so does an item of a list. */
function flatten(results: Results, prefix = ''): Leaf[] {
  return Object.entries(results).flatMap(([key, value]): Leaf[] => {
    const name = `${prefix}${key}`;
    if (typeof value !== 'object' || value === null) return [[name, value]];
    if (Array.isArray(value)) return value.map((item, index): Leaf => [`${name}[${index}]`, inline(item)]);
    if ('p99' in value) return [[name, inline(value as Results)]];
    return flatten(value as Results, `${name}.`);
  });
}

function inline(results: Results): string {
  return Object.entries(results)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join('  ');
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
