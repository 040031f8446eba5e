import type { Results } from '../report/report.ts';
import type { Dish } from './menu.ts';
import type { FuzzAnswer } from './send.ts';

const MOST_EXAMPLES = 20;
/** Characters of an answer in a report. */
const MOST_BODY = 500;

export interface Call {
  /** Which of the run's calls it is, from 0: with the seed it tells what was asked. */
  readonly turn: number;
  /** The request, as a reader could repeat it. */
  readonly request: string;
  readonly tookMs: number;
}

/** Counts what was answered. */
export interface Tally {
  count(dish: Dish, answer: FuzzAnswer, call: Call): void;
  readonly calls: number;
  readonly good: number;
  /** Answers of 500 and above. */
  readonly serverFaults: readonly string[];
  /** Answers that are no JSON, or no refusal of the error table. */
  readonly malformed: readonly string[];
  /** Operations that nobody was ever answered 2xx, of those named. */
  unreached(ids: readonly string[]): string[];
  results(): Results;
}

interface Row {
  calls: number;
  good: number;
  tookMs: number;
  /** Code → how often. */
  readonly refusals: Record<string, number>;
}

/** `tellFault` hears of each fault at once: a run that is broken off must not take it along. */
export function createTally(tellFault: (text: string) => void): Tally {
  const byOperation = new Map<string, Row>();
  const byRole = new Map<string, Row>();
  const codes = new Map<string, number>();
  const serverFaults: string[] = [];
  const malformed: string[] = [];
  let calls = 0;
  let good = 0;
  let faults = 0;
  let bad = 0;

  const add = (map: typeof byRole, key: string, code: string, tookMs: number): void => {
    const row = map.get(key) ?? { calls: 0, good: 0, tookMs: 0, refusals: {} };
    row.calls += 1;
    row.tookMs += tookMs;
    if (code === 'OK') row.good += 1;
    else row.refusals[code] = (row.refusals[code] ?? 0) + 1;
    map.set(key, row);
  };
  const example = (list: string[], text: string): void => {
    if (list.length >= MOST_EXAMPLES) return;
    list.push(text);
    tellFault(text);
  };
  return {
    count({ operation, actor }, answer, { turn, request, tookMs }) {
      const isGood = answer.status < 300 && answer.malformed === undefined;
      calls += 1;
      good += Number(isGood);
      const code = isGood ? 'OK' : (answer.code ?? String(answer.status));
      add(byOperation, operation.id, code, tookMs);
      add(byRole, actor.role, code, tookMs);
      codes.set(code, (codes.get(code) ?? 0) + 1);
      const line = `call ${turn}, ${operation.id} by ${actor.name}: ${answer.status} ${code} after ${request}`;
      if (answer.status >= 500)
        example(serverFaults, `${line}: ${(JSON.stringify(answer.body) ?? '').slice(0, MOST_BODY)}`);
      faults += Number(answer.status >= 500);
      if (answer.malformed !== undefined) example(malformed, `${line}: ${answer.malformed}`);
      bad += Number(answer.malformed !== undefined);
    },
    get calls() {
      return calls;
    },
    get good() {
      return good;
    },
    serverFaults,
    malformed,
    unreached: (ids) => ids.filter((id) => (byOperation.get(id)?.good ?? 0) === 0),
    results: () => ({
      calls,
      answeredWell: good,
      share2xx: calls === 0 ? 0 : good / calls,
      answers5xx: faults,
      malformedAnswers: bad,
      codes: Object.fromEntries([...codes].sort(([, a], [, b]) => b - a)),
      byRole: toRows(byRole),
      byOperation: toRows(byOperation),
      serverFaults: serverFaults.map((text) => ({ text })),
      malformed: malformed.map((text) => ({ text })),
    }),
  };
}

/** One line each: numbers first, then the refusals, most frequent first. */
function toRows(map: ReadonlyMap<string, Row>): Results[] {
  return [...map]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, { calls, good, tookMs, refusals }]) => ({
      name,
      calls,
      good,
      meanMs: Math.round((tookMs / calls) * 10) / 10,
      refusals: Object.entries(refusals)
        .sort(([, a], [, b]) => b - a)
        .map(([code, count]) => `${code} ${count}`)
        .join(', '),
    }));
}
