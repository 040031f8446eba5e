import type { ShowId } from '@souk/protocol/ids';
import { createStore, type StoreApi } from 'zustand';
import { type Act, type ActKind, undoOf } from './acts.ts';

/** How long an act can be taken back. */
export const UNDO_MS = 10_000;
const KEPT = 20;

/** An act that was asked for, and what became of it. */
export interface Deed {
  readonly id: number;
  readonly showId: ShowId;
  readonly act: Act;
  readonly state: 'sending' | 'done' | 'failed' | 'undone';
  /** On the clock of `now`: from then on it cannot be taken back any more; null where it never can. */
  readonly undoUntil: number | null;
  /** Of a failed one. */
  readonly error: unknown;
}

export interface Deeds {
  /** The newest acts, oldest first. */
  readonly store: StoreApi<{ readonly deeds: readonly Deed[] }>;
  /** Does it; resolves to whether it was done. */
  perform(showId: ShowId, act: Act): Promise<boolean>;
  /** Takes back the newest act that can be; false when there is none. */
  undoLast(): boolean;
}

export interface DeedsDeps {
  readonly send: (showId: ShowId, act: Act) => Promise<void>;
  /** Milliseconds, from any beginning. */
  readonly now: () => number;
}

/** Sends acts at once, keeps what became of them, and takes back what can be. */
export function createDeeds({ send, now }: DeedsDeps): Deeds {
  const store = createStore<{ deeds: readonly Deed[] }>(() => ({ deeds: [] }));
  let nextId = 1;

  const change = (id: number, news: Partial<Deed>): void =>
    store.setState(({ deeds }) => ({
      deeds: deeds.map((deed) => (deed.id === id ? { ...deed, ...news } : deed)),
    }));

  async function run(showId: ShowId, act: Act, undoes: boolean): Promise<boolean> {
    const id = nextId++;
    const isUndoable = !undoes && undoOf(act) !== undefined;
    const deed: Deed = { id, showId, act, state: 'sending', undoUntil: null, error: null };
    store.setState(({ deeds }) => ({ deeds: [...deeds, deed].slice(-KEPT) }));
    try {
      await send(showId, act);
      change(id, { state: 'done', undoUntil: isUndoable ? now() + UNDO_MS : null });
      return true;
    } catch (error) {
      change(id, { state: 'failed', error });
      return false;
    }
  }

  return {
    store,
    perform: (showId, act) => run(showId, act, false),
    undoLast() {
      const deed = store.getState().deeds.findLast((each) => isUndoable(each, now()));
      const back = deed === undefined ? undefined : undoOf(deed.act);
      if (deed === undefined || back === undefined) return false;
      const { undoUntil } = deed;
      change(deed.id, { undoUntil: null });
      void run(deed.showId, back, true).then((isDone) =>
        change(deed.id, isDone ? { state: 'undone' } : { undoUntil }),
      );
      return true;
    },
  };
}

/** True while an act can be taken back at `now`. */
export function isUndoable(deed: Deed, now: number): boolean {
  return deed.state === 'done' && deed.undoUntil !== null && deed.undoUntil > now;
}

/** Messages and reports that need nobody any more, ahead of the timeline's word; a failed act gives them back. */
export function handledIds(deeds: readonly Deed[]): ReadonlySet<string> {
  return idsOf(deeds, ['approve', 'reject', 'delete', 'dismiss', 'resolve']);
}

/** Messages that were deleted here, ahead of the timeline's word; a failed deletion gives them back. */
export function deletedIds(deeds: readonly Deed[]): ReadonlySet<string> {
  return idsOf(deeds, ['reject', 'delete']);
}

function idsOf(deeds: readonly Deed[], kinds: readonly ActKind[]): ReadonlySet<string> {
  const valid = deeds.filter(({ act, state }) => kinds.includes(act.kind) && isValid(state));
  return new Set(valid.flatMap(({ act }) => idOf(act) ?? []));
}

function isValid(state: Deed['state']): boolean {
  return state === 'sending' || state === 'done';
}

function idOf(act: Act): string | undefined {
  if ('messageId' in act) return act.messageId;
  return 'reportId' in act ? act.reportId : undefined;
}
