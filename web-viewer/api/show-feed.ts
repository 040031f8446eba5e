import type { Frame, JoinAnswer, Removed } from '@souk/protocol/commands/frames';
import type { ErrorCode } from '@souk/protocol/error-codes';
import { compareEntryIds, type Entry } from '@souk/protocol/timeline/entries';
import { type Levels, mergeLevels } from '@souk/protocol/timeline/levels';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { emptyShowState, type ShowState } from '@souk/protocol/timeline/state';
import { createStore, type StoreApi } from 'zustand';
import { createDrawMeter } from './draw-meter.ts';
import { createStepQueue, isInStep, type Playback, viewInStep } from './in-step.ts';

export type FeedStatus =
  | { readonly kind: 'joining' }
  | { readonly kind: 'following' }
  /** The connection is down; it comes back by itself. */
  | { readonly kind: 'offline' }
  /** The hub said no, for a reason that does not pass by itself. */
  | { readonly kind: 'refused'; readonly code: ErrorCode }
  /** The staff has sent this person out. */
  | { readonly kind: 'removed'; readonly reason: Removed['reason'] };

export interface FeedState {
  readonly status: FeedStatus;
  /**
   * The fold of the show's timeline, as far as this person may hear it. What the host shows is in step with the
   * picture: it stands here once the playback has reached it.
   */
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
  /** Told by the player. Until it is, nothing waits for the picture. */
  readonly playback: Playback;
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

/** `now` is the server's wall clock, Unix milliseconds. */
export function createShowFeed(showId: string, now: () => number = Date.now): ShowFeed {
  const store = createStore<FeedState>(() => ({
    status: { kind: 'joining' },
    show: emptyShowState,
    levels: {},
    isStaff: false,
  }));
  const entryListeners = new Set<(entry: Entry) => void>();
  const reactionListeners = new Set<(counts: Readonly<Record<string, number>>) => void>();
  let position: Position | undefined;
  /** Everything that has happened. */
  let truth = emptyShowState;
  /** What of that the picture has reached; of use for what the host shows. */
  let steps = emptyShowState;
  const draws = createDrawMeter();
  const queue = createStepQueue({
    now,
    drawLagMs: draws.lagMs,
    onDue: (entries) => {
      steps = foldShow(entries, steps);
      show();
      draws.note();
    },
  });

  function show(): void {
    if (queue.isEmpty()) steps = truth;
    const next = steps === truth ? truth : viewInStep(truth, steps);
    if (store.getState().show !== next) store.setState({ show: next });
  }

  function take(entries: readonly Entry[], levels: Levels | undefined, next: Position): void {
    // The first frames after a join repeat what its answer had.
    const news = entries.filter((entry) => compareEntryIds(entry.id, truth.lastId) > 0);
    truth = foldShow(news, truth);
    queue.push(news.filter(isInStep));
    if (truth.status === 'ended') queue.flush();
    if (news.length > 0) show();
    if (levels !== undefined) store.setState({ levels: mergeLevels(store.getState().levels, levels) });
    if (position?.epoch !== next.epoch || compareEntryIds(next.id, position.id) > 0) position = next;
    for (const entry of news) for (const listener of entryListeners) listener(entry);
  }

  return {
    showId,
    store,
    playback: queue,
    position: () => position,
    setStatus: (status) => store.setState({ status }),
    applyJoin(answer) {
      const { epoch, levels, isStaff } = answer;
      store.setState({ status: { kind: 'following' }, isStaff });
      if (answer.kind === 'missed') return take(answer.entries, levels, { epoch, id: answer.upTo });
      // The hub keeps no orders: what this page learned of its own stays.
      truth = { ...answer.state, orders: { ...truth.orders, ...answer.state.orders } };
      queue.clear();
      show();
      store.setState({ levels });
      position = { epoch, id: answer.state.lastId };
    },
    forget(what) {
      position = undefined;
      if (what === 'position') return;
      truth = { ...truth, orders: {} };
      show();
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
