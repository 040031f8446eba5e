import type { MediaTicket } from '@souk/protocol/http/media';
import type { ShowId } from '@souk/protocol/ids';
import { clsx } from 'clsx';
import { type ReactNode, useRef } from 'react';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { Ambient } from './ambient.tsx';
import { PictureNotice } from './picture-notice.tsx';
import { Reactions } from './reactions.tsx';
import { SoundButton } from './sound-button.tsx';
import { useSound } from './use-sound.ts';
import { useWatchSession } from './use-watch-session.ts';

export interface PlayerProps {
  feed: ShowFeed;
  showId: ShowId;
  ticket: MediaTicket | null | undefined;
  /** Fills the place (a phone), or keeps its own ratio in the middle of it. */
  fit: 'cover' | 'contain';
  /** Stands on the picture's top, before the sound button. */
  top?: ReactNode;
  /** Stands on the picture's top, after the sound button. */
  topEnd?: (video: React.RefObject<HTMLVideoElement | null>) => ReactNode;
}

/** The picture with its light, its notices, and the buttons that belong to it. */
export function Player({ feed, showId, ticket, fit, top, topEnd }: PlayerProps) {
  const video = useRef<HTMLVideoElement>(null);
  const state = useWatchSession(feed, showId, ticket, video);
  const sound = useSound(video);
  const status = useFeed(feed, (feedState) => feedState.show.status);
  const hasBegun = useFeed(feed, (feedState) => feedState.show.stream.kind !== 'none');
  const isKnown = useFeed(feed, (feedState) => feedState.show.facts !== null);
  return (
    <>
      <Ambient video={video} />
      <video
        ref={video}
        data-testid="player"
        data-state={state}
        playsInline
        autoPlay
        className={clsx(
          'absolute inset-0 size-full transition-opacity duration-(--motion-calm)',
          fit === 'cover' ? 'object-cover' : 'object-contain',
          state !== 'playing' && 'opacity-40',
        )}
      >
        <track kind="captions" />
      </video>
      <PictureNotice state={state} status={status} hasBegun={hasBegun} isKnown={isKnown} />
      <Reactions feed={feed} />
      <div className="pointer-events-none absolute inset-x-0 top-0 bg-linear-to-b from-stage/75 to-transparent pb-10">
        <div className="pointer-events-auto flex items-center gap-2 px-3 pt-[calc(var(--safe-top)+0.5rem)]">
          {top}
          <span className="flex-1" />
          <SoundButton sound={sound} />
          {topEnd?.(video)}
        </div>
      </div>
    </>
  );
}
