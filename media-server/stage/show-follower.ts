import type { ShowId } from '@souk/protocol/ids';
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
  release(showId: ShowId): void;
}

interface Followed {
  state: ShowState;
  epoch: string | undefined;
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
    const followed: Followed = { state: await readShow(timeline, showId), epoch, unfollow: () => undefined };
    if (followed.state.status === 'ended') return followed;
    followed.unfollow = tail.follow(
      showId,
      followed.state.lastId,
      (entries, entriesEpoch) => {
        const start = entriesEpoch === followed.epoch ? followed.state : emptyShowState;
        followed.epoch = entriesEpoch;
        followed.state = foldShow(entries, start);
        if (followed.state.status === 'ended') announceEnd(showId);
      },
      epoch,
    );
    return followed;
  };
  return {
    async getState(showId) {
      const known = shows.get(showId) ?? begin(showId);
      shows.set(showId, known);
      try {
        const { state } = await known;
        if (state.status === 'ended') release(showId);
        return state;
      } catch (cause) {
        shows.delete(showId);
        throw new AppError('UNAVAILABLE', { cause, detail: 'the timeline cannot be read' });
      }
    },
    onEnded: (listener) => void listeners.push(listener),
    release,
  };
}

/** The fold of a show's whole timeline. */
export async function readShow(timeline: Timeline, showId: ShowId): Promise<ShowState> {
  let state = emptyShowState;
  for await (const entries of timeline.readAll(showId, state.lastId)) state = foldShow(entries, state);
  return state;
}
