import type { ShowId, StreamKeyId } from '@souk/protocol/ids';
import type { Entry } from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { emptyShowState, type ShowState } from '@souk/protocol/timeline/state';
import { AppError } from '@souk/runtime/app-error';
import type { TimelineTail, Unfollow } from '@souk/timeline/tail';
import type { Timeline } from '@souk/timeline/timeline';

export interface ShowFollower {
  /** The show as its timeline tells it now; it is followed from then on, until it ends or is released. Throws AppError UNAVAILABLE. */
  getState(showId: ShowId): Promise<ShowState>;
  /** Calls the listener when a followed show ends. */
  onEnded(listener: (showId: ShowId) => void): void;
  /** Calls the listener when a stream key of a followed show is revoked. */
  onKeyRevoked(listener: (showId: ShowId, keyId: StreamKeyId) => void): void;
  /** Whether the timeline tells that this key was revoked; the show is followed from then on. Throws AppError UNAVAILABLE. */
  isKeyRevoked(showId: ShowId, keyId: StreamKeyId): Promise<boolean>;
  /** Calls the listener when the timeline of a followed show has begun anew, with the show as it is told now. */
  onRestored(listener: (showId: ShowId, state: ShowState, epoch: string) => void): void;
  release(showId: ShowId): void;
}

interface Followed {
  state: ShowState;
  epoch: string | undefined;
  readonly revokedKeys: Set<StreamKeyId>;
  unfollow: Unfollow;
}

/** Follows the timelines of the shows that this server carries media for. */
export function createShowFollower(deps: {
  readonly timeline: Timeline;
  readonly tail: TimelineTail;
}): ShowFollower {
  const { timeline, tail } = deps;
  const shows = new Map<ShowId, Promise<Followed>>();
  const listeners: ((showId: ShowId) => void)[] = [];
  const restoredListeners: ((showId: ShowId, state: ShowState, epoch: string) => void)[] = [];
  const keyListeners: ((showId: ShowId, keyId: StreamKeyId) => void)[] = [];

  const release = (showId: ShowId): void => {
    const known = shows.get(showId);
    shows.delete(showId);
    // A read that failed has nothing to unfollow, and its caller has been told.
    void known?.then(
      ({ unfollow }) => unfollow(),
      () => undefined,
    );
  };
  const announceEnd = (showId: ShowId): void => {
    release(showId);
    for (const listener of listeners) listener(showId);
  };
  const begin = async (showId: ShowId): Promise<Followed> => {
    const epoch = await timeline.epoch(showId);
    const revokedKeys = new Set<StreamKeyId>();
    const note = (entries: readonly Entry[]): StreamKeyId[] => {
      const revoked = entries.flatMap((entry) =>
        entry.type === 'stream-key:revoked' ? [entry.data.keyId] : [],
      );
      for (const keyId of revoked) revokedKeys.add(keyId);
      return revoked;
    };
    const state = await readShow(timeline, showId, note);
    const followed: Followed = { state, epoch, revokedKeys, unfollow: () => undefined };
    if (followed.state.status === 'ended') return followed;
    followed.unfollow = tail.follow(
      showId,
      followed.state.lastId,
      (entries, entriesEpoch) => {
        const isSame = entriesEpoch === followed.epoch;
        const isRestored = !isSame && followed.epoch !== undefined;
        followed.epoch = entriesEpoch;
        followed.state = foldShow(entries, isSame ? followed.state : emptyShowState);
        for (const keyId of note(entries)) for (const listener of keyListeners) listener(showId, keyId);
        if (followed.state.status === 'ended') return announceEnd(showId);
        if (isRestored)
          for (const listener of restoredListeners) listener(showId, followed.state, entriesEpoch);
      },
      epoch,
    );
    return followed;
  };
  const follow = async (showId: ShowId): Promise<Followed> => {
    const known = shows.get(showId) ?? begin(showId);
    shows.set(showId, known);
    try {
      const followed = await known;
      if (followed.state.status === 'ended') release(showId);
      return followed;
    } catch (cause) {
      shows.delete(showId);
      throw new AppError('UNAVAILABLE', { cause, detail: 'the timeline cannot be read' });
    }
  };
  return {
    getState: async (showId) => (await follow(showId)).state,
    isKeyRevoked: async (showId, keyId) => (await follow(showId)).revokedKeys.has(keyId),
    onEnded: (listener) => void listeners.push(listener),
    onRestored: (listener) => void restoredListeners.push(listener),
    onKeyRevoked: (listener) => void keyListeners.push(listener),
    release,
  };
}

/** The fold of a show's whole timeline; each page of it is also shown to `look`. */
export async function readShow(
  timeline: Timeline,
  showId: ShowId,
  look: (entries: readonly Entry[]) => void = () => undefined,
): Promise<ShowState> {
  let state = emptyShowState;
  for await (const entries of timeline.readAll(showId, state.lastId)) {
    look(entries);
    state = foldShow(entries, state);
  }
  return state;
}
