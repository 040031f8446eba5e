import type { Frame, JoinAnswer } from '@souk/protocol/commands/frames';
import { compareEntryIds, type Entry, parseEntry } from '@souk/protocol/timeline/entries';
import { type Levels, mergeLevels } from '@souk/protocol/timeline/levels';
import { foldShow, reduceShow } from '@souk/protocol/timeline/reducer';
import { emptyShowState, type ShowState } from '@souk/protocol/timeline/state';

/** An entry as one client heard it. */
export interface HeardEntry {
  readonly entry: Entry;
  /** Own wall clock when it arrived, milliseconds. */
  readonly heardAt: number;
}

/** What one client knows of a show, folded as every page does it, and what it heard on the way. */
export interface ShowFollower {
  state(): ShowState;
  levels(): Levels;
  /** The entries of frames, in the order in which they arrived, repeats included. */
  heardEntries(): readonly HeardEntry[];
  /** What to name when joining again; undefined before the first join. */
  position(): { epoch: string; id: string } | undefined;
  joined(answer: JoinAnswer): void;
  heard(frame: Frame): void;
  /** Resolves when the state is as wanted; rejects after `timeoutMs`. */
  waitFor(wanted: (state: ShowState) => boolean, timeoutMs: number): Promise<void>;
}

/** Follows one show for one client. */
export function createShowFollower(): ShowFollower {
  let state = emptyShowState;
  let levels: Levels = {};
  let position: { epoch: string; id: string } | undefined;
  const heardEntries: HeardEntry[] = [];
  const waiting = new Set<() => void>();

  const moveTo = (epoch: string, id: string): void => {
    position = { epoch, id };
    for (const look of waiting) look();
  };
  const hear = (values: readonly unknown[]): void => {
    const heardAt = Date.now();
    for (const value of values) {
      const entry = parseEntry(value);
      heardEntries.push({ entry, heardAt });
      state = reduceShow(state, entry);
    }
  };

  return {
    state: () => state,
    levels: () => levels,
    heardEntries: () => heardEntries,
    position: () => position,
    joined(answer) {
      levels = mergeLevels(levels, answer.levels);
      if (answer.kind === 'snapshot') {
        // Frames may have overtaken the answer: what they told is folded onto the snapshot.
        const later = heardEntries
          .map(({ entry }) => entry)
          .filter((entry) => isAfter(entry.id, answer.state.lastId));
        state = foldShow(later, answer.state);
        moveTo(answer.epoch, newest(answer.state.lastId, position?.id));
      } else {
        hear(answer.entries);
        moveTo(answer.epoch, newest(answer.upTo, position?.id));
      }
    },
    heard(frame) {
      if (frame.levels !== undefined) levels = mergeLevels(levels, frame.levels);
      hear(frame.entries);
      moveTo(frame.epoch, frame.upTo);
    },
    waitFor(wanted, timeoutMs) {
      return new Promise((resolve, reject) => {
        const finish = (): void => {
          waiting.delete(look);
          clearTimeout(timer);
        };
        const look = (): void => {
          if (!wanted(state)) return;
          finish();
          resolve();
        };
        const timer = setTimeout(() => {
          finish();
          reject(new Error(`the show did not become as wanted within ${timeoutMs} ms`));
        }, timeoutMs);
        waiting.add(look);
        look();
      });
    },
  };
}

const isAfter = (id: string, other: string): boolean => compareEntryIds(id, other) > 0;
const newest = (id: string, other: string | undefined): string =>
  other !== undefined && isAfter(other, id) ? other : id;
