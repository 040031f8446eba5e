import type { MediaTicket } from '@souk/protocol/http/media';
import type { ShowId } from '@souk/protocol/ids';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { ShowFeed } from '../../../api/show-feed.ts';
import type { WatchTier } from '../../../media/watch/watch-session.ts';
import { useMovable } from '../../../ui/movable.tsx';
import { type Sound, useSound } from './use-sound.ts';
import { useWatchSession, type Watching } from './use-watch-session.ts';

/** What is played, apart from where on the page it stands: a layout can be left for another one without a new start. */
export interface Player {
  /** The home of the video elements. */
  readonly screen: HTMLElement;
  readonly surfaces: RefObject<Record<WatchTier, HTMLVideoElement | null>>;
  /** Of the video elements the one in sight. */
  readonly shown: RefObject<HTMLVideoElement | null>;
  readonly watching: Watching;
  readonly sound: Sound;
}

/** Plays the show on the screen that `PlayerScreen` draws; without a ticket nothing is played. */
export function usePlayer(feed: ShowFeed, showId: ShowId, ticket: MediaTicket | null | undefined): Player {
  const screen = useMovable();
  const surfaces = useRef<Record<WatchTier, HTMLVideoElement | null>>({ webrtc: null, hls: null });
  const shown = useRef<HTMLVideoElement>(null);
  const watching = useWatchSession(feed, showId, ticket, surfaces);
  const { tier } = watching.picture;
  const sound = useSound(surfaces, tier);
  useLayoutEffect(() => {
    shown.current = surfaces.current[tier];
  }, [tier]);
  return { screen, surfaces, shown, watching, sound };
}
