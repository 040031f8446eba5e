import type { ProductCard } from '@souk/protocol/catalog';
import type { Replay } from '@souk/protocol/http/broadcast';
import type { ShowView } from '@souk/protocol/http/shows';
import type { Entry } from '@souk/protocol/timeline/entries';
import { runningSales } from '@souk/protocol/timeline/reducer';
import type { ShowState } from '@souk/protocol/timeline/state';
import { type RefObject, useEffect, useMemo } from 'react';
import { createShowFeed, type ShowFeed } from '../../api/show-feed.ts';
import { useRefreshReplayTicket } from '../staff/use-show-view.ts';
import type { Chapter } from './chapters.tsx';
import { type Playback, usePlayback } from './use-playback.ts';
import { type ReplayPlayer, useReplayPlayer } from './use-replay-player.ts';
import { useReplayTimeline } from './use-replay-timeline.ts';

export interface ReplayMoment {
  readonly product: ProductCard;
  readonly why: 'pin' | 'sale';
}

export interface ReplayData {
  readonly player: ReplayPlayer;
  readonly playback: Playback;
  /** The show as it was at the moment that is played, for the parts that draw live shows. */
  readonly feed: ShowFeed;
  readonly state: ShowState;
  /** What was on screen at that moment. */
  readonly shown: readonly ReplayMoment[];
  readonly chapters: readonly Chapter[];
}

/** Recording and timeline of a show, in step. */
export function useReplay(
  view: ShowView,
  replay: Replay,
  video: RefObject<HTMLVideoElement | null>,
): ReplayData {
  const showId = view.show.id;
  const player = useReplayPlayer(video, replay, useRefreshReplayTicket(showId));
  const playback = usePlayback(video, replay.durationMs / 1_000);
  const { fold, moments } = useReplayTimeline(showId);
  const now = player.dateAt(playback.seconds);
  const state = fold.at(now);
  const feed = useMemo(() => createShowFeed(showId), [showId]);
  useEffect(() => {
    feed.store.setState({ show: state, status: { kind: 'following' } });
  }, [feed, state]);
  const { totalSeconds } = playback;
  const { placeOf } = player;
  const chapters = useMemo(() => {
    // Products may have left the line-up since: each is taken as it was when it was shown.
    const found = moments.flatMap((entry) => chapterOf(entry, fold.at(entry.at).lineup, placeOf(entry.at)));
    return totalSeconds > 0 ? found : [];
  }, [moments, fold, placeOf, totalSeconds]);
  return { player, playback, feed, state, shown: shownIn(state, now), chapters };
}

function chapterOf(entry: Entry, lineup: readonly ProductCard[], seconds: number): Chapter[] {
  if (entry.type !== 'product:pinned' && entry.type !== 'sale:started') return [];
  const product = lineup.find(({ id }) => id === entry.data.productId);
  if (product === undefined) return [];
  const kind = entry.type === 'sale:started' ? 'sale' : 'pin';
  return [{ key: entry.id, seconds, kind, label: product.title, product }];
}

function shownIn(state: ShowState, now: number): ReplayMoment[] {
  const productOf = (id: string): ProductCard[] => state.lineup.filter((product) => product.id === id);
  const onSale = runningSales(state, now).map(({ productId }) => productId as string);
  const pinned = state.pinnedProductId;
  return [
    ...[...new Set(onSale)].flatMap(productOf).map((product) => ({ product, why: 'sale' as const })),
    ...(pinned === null || onSale.includes(pinned) ? [] : productOf(pinned)).map((product) => ({
      product,
      why: 'pin' as const,
    })),
  ];
}
