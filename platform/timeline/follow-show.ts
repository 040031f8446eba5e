import type { ShowId } from '@souk/protocol/ids';
import type { Entry } from '@souk/protocol/timeline/entries';
import { foldShow } from '@souk/protocol/timeline/reducer';
import { emptyShowState } from '@souk/protocol/timeline/state';
import type { Logger } from '@souk/runtime/logger';
import type { Snapshot } from './snapshot.ts';
import type { TimelineTail, Unfollow } from './tail.ts';
import type { Timeline } from './timeline.ts';

/** A show that is followed: `epoch` and `state` are as of the last entry that was told. */
export interface FollowedShow {
  readonly epoch: string;
  readonly state: Snapshot['state'];
  /** Ends the following. Idempotent. */
  stop(): void;
}

export interface FollowOptions {
  readonly timeline: Pick<Timeline, 'loadState'>;
  readonly tail: Pick<TimelineTail, 'follow'>;
  readonly logger: Logger;
  readonly showId: ShowId;
  /** New entries, which are folded in already. */
  readonly onEntries: (entries: readonly Entry[], show: FollowedShow) => void;
  /**
   * The state is not the former one and some entries any more: the timeline has begun anew, or was trimmed in front of
   * this follower. Whoever was told entries needs the whole state.
   */
  readonly onReplaced: (show: FollowedShow) => void;
}

const RETRY_MS = 1_000;

/**
 * Loads the state of a show and keeps it up to date. Undefined when the show has no timeline. Rejects when Redis is out
 * of reach; later losses are waited out.
 */
export async function followShow(options: FollowOptions): Promise<FollowedShow | undefined> {
  const { timeline, tail, logger, showId, onEntries, onReplaced } = options;
  const loaded = await timeline.loadState(showId);
  if (loaded === undefined) return undefined;
  let current = loaded;
  let unfollow: Unfollow = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const show: FollowedShow = {
    get epoch() {
      return current.epoch;
    },
    get state() {
      return current.state;
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      unfollow();
    },
  };
  const take = (entries: readonly Entry[], epoch: string): void => {
    const isSame = epoch === current.epoch;
    current = { epoch, state: foldShow(entries, isSame ? current.state : emptyShowState) };
    if (isSame) onEntries(entries, show);
    else onReplaced(show);
  };
  const follow = (): void => {
    unfollow = tail.follow(showId, current.state.lastId, take, current.epoch, () => void reload());
  };
  const reload = async (): Promise<void> => {
    unfollow();
    const found = await timeline.loadState(showId).catch((err: unknown) => {
      logger.warn({ event: 'state-not-loaded', showId, err });
      return undefined;
    });
    if (isStopped) return;
    if (found === undefined) {
      timer = setTimeout(() => void reload(), RETRY_MS);
      return;
    }
    current = found;
    follow();
    onReplaced(show);
  };
  follow();
  return show;
}
