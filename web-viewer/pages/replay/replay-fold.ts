import { type Entry, parseEntry } from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { emptyShowState, type ShowState } from '@souk/protocol/timeline/state';

/** A timeline that can be looked at as it was at any instant. */
export interface ReplayFold {
  /** Takes further entries, in the order of the timeline. */
  add(entries: readonly Entry[]): void;
  /** The show as its viewers saw it at that server time. */
  at(instant: number): ShowState;
}

/** Every so many entries the fold is kept, so that going back does not begin at the beginning. */
const KEEP_EVERY = 250;

/** Folds entries by the one reducer up to an instant; forwards from where it stands, backwards from what was kept. */
export function createReplayFold(): ReplayFold {
  const entries: Entry[] = [];
  /** For each entry the latest instant up to it: entries may name instants a little out of order. */
  const reachedAt: number[] = [];
  const kept: ShowState[] = [emptyShowState];
  let last = { count: 0, state: emptyShowState };

  const foldTo = (count: number): ShowState => {
    let { count: from, state } = last;
    const nearest = Math.min(kept.length - 1, Math.floor(count / KEEP_EVERY));
    if (from > count || nearest * KEEP_EVERY > from) {
      from = nearest * KEEP_EVERY;
      state = kept[nearest] ?? emptyShowState;
    }
    while (from < count) {
      const to = Math.min(count, (Math.floor(from / KEEP_EVERY) + 1) * KEEP_EVERY);
      state = foldShow(entries.slice(from, to), state);
      from = to;
      if (from % KEEP_EVERY === 0 && kept.length === from / KEEP_EVERY) kept.push(state);
    }
    last = { count, state };
    return state;
  };

  return {
    add(more) {
      for (const entry of more) {
        entries.push(entry);
        reachedAt.push(Math.max(reachedAt.at(-1) ?? 0, entry.at));
      }
    },
    at: (instant) => foldTo(countUpTo(reachedAt, instant)),
  };
}

/** How many of these rising instants are not after `instant`. */
function countUpTo(instants: readonly number[], instant: number): number {
  let [low, high] = [0, instants.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? 0) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Entries that this version of the page knows; those of newer servers are left out. */
export function knownEntries(values: readonly unknown[]): Entry[] {
  return values.flatMap((value) => {
    try {
      return [parseEntry(value)];
    } catch {
      return [];
    }
  });
}
