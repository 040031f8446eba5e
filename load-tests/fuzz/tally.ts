import type { Results } from '../report/report.ts';
import type { Dish } from './menu.ts';
import type { FuzzAnswer } from './send.ts';

const MOST_EXAMPLES = 20;

/** Counts what was answered. */
export interface Tally {
  count(dish: Dish, answer: FuzzAnswer, request: string): void;
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

export function createTally(): Tally {
  const byOperation = new Map<string, { calls: number; good: number }>();
  const byRole = new Map<string, { calls: number; good: number }>();
  const codes = new Map<string, number>();
  const serverFaults: string[] = [];
  const malformed: string[] = [];
  let calls = 0;
  let good = 0;
  let faults = 0;
  let bad = 0;

  const add = (map: typeof byRole, key: string, isGood: boolean): void => {
    const entry = map.get(key) ?? { calls: 0, good: 0 };
    entry.calls += 1;
    entry.good += Number(isGood);
    map.set(key, entry);
  };
  const example = (list: string[], text: string): void => {
    if (list.length < MOST_EXAMPLES) list.push(text);
  };
  return {
    count({ operation, actor }, answer, request) {
      const isGood = answer.status < 300 && answer.malformed === undefined;
      calls += 1;
      good += Number(isGood);
      add(byOperation, operation.id, isGood);
      add(byRole, actor.role, isGood);
      const code = isGood ? 'OK' : (answer.code ?? String(answer.status));
      codes.set(code, (codes.get(code) ?? 0) + 1);
      const line = `${operation.id} by ${actor.name}: ${answer.status} ${code} after ${request}`;
      if (answer.status >= 500) example(serverFaults, line);
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
      byRole: Object.fromEntries(byRole),
      byOperation: Object.fromEntries([...byOperation].sort(([a], [b]) => a.localeCompare(b))),
      serverFaults: serverFaults.map((text) => ({ text })),
      malformed: malformed.map((text) => ({ text })),
    }),
  };
}
