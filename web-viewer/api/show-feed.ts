import type { Frame, JoinAnswer } from '@souk/protocol/commands/frames';
import type { ErrorCode } from '@souk/protocol/error-codes';
import { compareEntryIds, type Entry } from '@souk/protocol/timeline/entries';
import { type Levels, mergeLevels } from '@souk/protocol/timeline/levels';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { emptyShowState, type ShowState } from '@souk/protocol/timeline/state';
import { createStore, type StoreApi } from 'zustand';

export type FeedStatus =
  | { readonly kind: 'joining' }
  | { readonly kind: 'following' }
  /** The connection is down; it comes back by itself. */
  | { readonly kind: 'offline' }
  /** The hub said no, for a reason that does not pass by itself. */
  | { readonly kind: 'refused'; readonly code: ErrorCode };

export interface FeedState {
  readonly status: FeedStatus;
  /** The fold of the show's timeline, as far as this person may hear it. */
  readonly show: ShowState;
  readonly levels: Levels;
  readonly isStaff: boolean;
}

/** What is known already, for the next join. */
export interface Position {
  readonly epoch: string;
  readonly id: string;
}

/** The live state of one show in the page: joins and frames go in, a store and single entries come out. */
export interface ShowFeed {
  readonly showId: string;
  readonly store: StoreApi<FeedState>;
  /** Where to go on after a lost connection; undefined before the first join. */
  position(): Position | undefined;
  setStatus(status: FeedStatus): void;
  applyJoin(answer: JoinAnswer): void;
  /** The next join begins anew. For another `person`, what was of the former one alone goes at once. */
  forget(what: 'position' | 'person'): void;
  /** Returns false when the frame does not follow on from what is known: the show must be joined anew. */
  applyFrame(frame: Frame): boolean;
  /** Calls back with each new entry (not with those of a snapshot). Returns the way to stop. */
  onEntry(listener: (entry: Entry) => void): () => void;
  /** Calls back with reactions counted since the frame before, by emoji. Returns the way to stop. */
  onReactions(listener: (counts: Readonly<Record<string, number>>) => void): () => void;
}

export function createShowFeed(showId: string): ShowFeed {
  const store = createStore<FeedState>(() => ({
    status: { kind: 'joining' },
    show: emptyShowState,
    levels: {},
    isStaff: false,
  }));
  const entryListeners = new Set<(entry: Entry) => void>();
  const reactionListeners = new Set<(counts: Readonly<Record<string, number>>) => void>();
  let position: Position | undefined;

  function take(entries: readonly Entry[], levels: Levels | undefined, next: Position): void {
    const { show, levels: older } = store.getState();
    // The first frames after a join repeat what its answer had.
    const news = entries.filter((entry) => compareEntryIds(entry.id, show.lastId) > 0);
    store.setState({
      show: news.length > 0 ? foldShow(news, show) : show,
      levels: levels === undefined ? older : mergeLevels(older, levels),
    });
    if (position?.epoch !== next.epoch || compareEntryIds(next.id, position.id) > 0) position = next;
    for (const entry of news) for (const listener of entryListeners) listener(entry);
  }

  return {
    showId,
    store,
    position: () => position,
    setStatus: (status) => store.setState({ status }),
    applyJoin(answer) {
      const { epoch, levels, isStaff } = answer;
      store.setState({ status: { kind: 'following' }, isStaff });
      if (answer.kind === 'missed') return take(answer.entries, levels, { epoch, id: answer.upTo });
      // The hub keeps no orders: what this page learned of its own stays.
      const { orders } = store.getState().show;
      store.setState({ show: { ...answer.state, orders: { ...orders, ...answer.state.orders } }, levels });
      position = { epoch, id: answer.state.lastId };
    },
    forget(what) {
      position = undefined;
      if (what === 'person') store.setState(({ show }) => ({ show: { ...show, orders: {} } }));
    },
    applyFrame(frame) {
      if (frame.epoch !== position?.epoch) return false;
      take(frame.entries, frame.levels, { epoch: frame.epoch, id: frame.upTo });
      const reactions = frame.levels?.reactions;
      if (reactions !== undefined) for (const listener of reactionListeners) listener(reactions);
      return true;
    },
    onEntry: (listener) => subscribe(entryListeners, listener),
    onReactions: (listener) => subscribe(reactionListeners, listener),
  };
}

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
