import { createHash } from 'node:crypto';
import { BEGINNING, compareEntryIds } from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import type { ShowState } from '@souk/protocol/timeline/state';
import { z } from 'zod';
import type { Ledger } from './ledger.ts';
import type { Viewer } from './viewer.ts';

export interface Verdict {
  /** Entries that should have come and did not, added up over the viewers. */
  readonly lost: number;
  readonly duplicated: number;
  /** Entries that came after a later one. */
  readonly disordered: number;
  /** Entries that were heard but are not in the timeline. */
  readonly unknown: number;
  /** State by the shared reducer at the end: hash → viewers. */
  readonly states: Readonly<Record<string, number>>;
  /** Different ways that led there. */
  readonly histories: number;
}

const stateSchema = z.custom<ShowState>(
  (value) => typeof value === 'object' && value !== null && 'lastId' in value,
);

/**
 * Compares what each viewer has heard with what the timeline holds, oldest first. Whoever began with a state has
 * everything up to its last id. States are folded once for each history that occurred; `fold: false` leaves them out.
 */
export function judge(
  viewers: readonly Pick<Viewer, 'base' | 'heard'>[],
  ledger: Ledger,
  { expected, fold }: { readonly expected: readonly string[]; readonly fold: boolean },
): Verdict {
  const known = new Set(expected);
  const tally = { lost: 0, duplicated: 0, disordered: 0, unknown: 0 };
  const states: Record<string, number> = {};
  const histories = new Map<string, string>();
  for (const { base, heard } of viewers) {
    const from =
      base === undefined ? BEGINNING : stateSchema.parse(JSON.parse(ledger.states[base] ?? '')).lastId;
    count(tally, { from, heard, ledger, expected, known });
    if (!fold) continue;
    const history = `${base}:${createHash('sha1').update(new Int32Array(heard)).digest('base64')}`;
    const state = histories.get(history) ?? hashOf(foldOf(ledger, base, heard));
    histories.set(history, state);
    states[state] = (states[state] ?? 0) + 1;
  }
  return { ...tally, states, histories: histories.size };
}

interface Case {
  readonly from: string;
  readonly heard: readonly number[];
  readonly ledger: Ledger;
  readonly expected: readonly string[];
  readonly known: ReadonlySet<string>;
}

type Tally = Record<'lost' | 'duplicated' | 'disordered' | 'unknown', number>;

function count(tally: Tally, { from, heard, ledger, expected, known }: Case): void {
  const seen = new Set<number>();
  let previous: number | undefined;
  let matched = 0;
  for (const place of heard) {
    const id = ledger.ids[place] ?? '';
    if (seen.has(place) || compareEntryIds(id, from) <= 0) tally.duplicated += 1;
    else if (!known.has(id)) tally.unknown += 1;
    else matched += 1;
    if (previous !== undefined && ledger.compare(place, previous) < 0) tally.disordered += 1;
    seen.add(place);
    previous = place;
  }
  tally.lost += countAfter(expected, from) - matched;
}

/** How many of the ids, which rise, come after one. */
function countAfter(ids: readonly string[], from: string): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareEntryIds(ids[middle] ?? '', from) > 0) high = middle;
    else low = middle + 1;
  }
  return ids.length - low;
}

function foldOf(ledger: Ledger, base: number | undefined, heard: readonly number[]): ShowState {
  const begin = base === undefined ? undefined : stateSchema.parse(JSON.parse(ledger.states[base] ?? ''));
  return foldShow(ledger.parsed(heard), begin);
}

/** The same for equal states, whatever the order of their keys. */
export function hashOf(state: unknown): string {
  return createHash('sha1')
    .update(JSON.stringify(sorted(state)))
    .digest('base64url')
    .slice(0, 12);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
