import type { ShowId } from '@souk/protocol/ids';
import type { Logger } from '@souk/runtime/logger';
import { type FollowedShow, followShow } from '@souk/timeline/follow-show';
import type { TimelineTail } from '@souk/timeline/tail';
import type { Timeline } from '@souk/timeline/timeline';
import { type Batch, createBatch } from './batch.ts';

/** One who reads a show. */
export interface ChannelReader {
  take(batch: Batch, show: FollowedShow): void;
  /** The state is another one altogether. */
  replace(show: FollowedShow): void;
}

/** A share in the following of a show. */
export interface ShowChannel {
  readonly show: FollowedShow;
  /** Tells the reader of everything from now on, until the share is given up. */
  add(reader: ChannelReader): void;
  /** Gives the share up; the last one ends the following. Idempotent. */
  close(): void;
}

export interface ShowChannels {
  /**
   * A share in the following of a show, to be closed by whoever opened it. Undefined when the show has no timeline.
   * Rejects when Redis is out of reach.
   */
  open(showId: ShowId): Promise<ShowChannel | undefined>;
}

interface Followed {
  readonly show: FollowedShow;
  readonly readers: Set<ChannelReader>;
}

interface Shared {
  readonly following: Promise<Followed | undefined>;
  shares: number;
}

export function createShowChannels(deps: {
  readonly timeline: Pick<Timeline, 'loadState'>;
  readonly tail: Pick<TimelineTail, 'follow'>;
  readonly logger: Logger;
}): ShowChannels {
  const channels = new Map<ShowId, Shared>();
  const follow = async (showId: ShowId): Promise<Followed | undefined> => {
    const readers = new Set<ChannelReader>();
    const show = await followShow({
      ...deps,
      showId,
      onEntries(entries, followed) {
        const batch = createBatch(followed.epoch, entries);
        for (const reader of [...readers]) reader.take(batch, followed);
      },
      onReplaced(followed) {
        for (const reader of [...readers]) reader.replace(followed);
      },
    });
    return show === undefined ? undefined : { show, readers };
  };
  /** True when nobody shares it any more. */
  const giveUp = (showId: ShowId, shared: Shared): boolean => {
    shared.shares -= 1;
    if (shared.shares > 0) return false;
    if (channels.get(showId) === shared) channels.delete(showId);
    return true;
  };
  const createShare = (showId: ShowId, shared: Shared, { show, readers }: Followed): ShowChannel => {
    const own = new Set<ChannelReader>();
    let isOpen = true;
    return {
      show,
      add(reader) {
        own.add(reader);
        readers.add(reader);
      },
      close() {
        if (!isOpen) return;
        isOpen = false;
        for (const reader of own) readers.delete(reader);
        if (giveUp(showId, shared)) show.stop();
      },
    };
  };
  return {
    async open(showId) {
      const shared = channels.get(showId) ?? { shares: 0, following: follow(showId) };
      channels.set(showId, shared);
      shared.shares += 1;
      try {
        const followed = await shared.following;
        if (followed !== undefined) return createShare(showId, shared, followed);
        giveUp(showId, shared);
        return undefined;
      } catch (error) {
        giveUp(showId, shared);
        throw error;
      }
    },
  };
}
