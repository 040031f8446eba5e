import type { MediaTicket } from '@souk/protocol/http/media';
import type { ShowId } from '@souk/protocol/ids';
import { clsx } from 'clsx';
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import type { WatchTier } from '../../../media/watch/watch-session.ts';
import { Ambient } from './ambient.tsx';
import { PictureNotice } from './picture-notice.tsx';
import { QualityChoice } from './quality-choice.tsx';
import { Reactions } from './reactions.tsx';
import { SoundButton } from './sound-button.tsx';
import { SoundOnly } from './sound-only.tsx';
import { TierBadge } from './tier-badge.tsx';
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
  /** Stands on the picture's top, after the sound button; `quality` are parts of a menu. */
  topEnd?: (video: RefObject<HTMLVideoElement | null>, quality: ReactNode) => ReactNode;
}

/** The picture with its light, its notices, and the buttons that belong to it. */
export function Player({ feed, showId, ticket, fit, top, topEnd }: PlayerProps) {
  const surfaces = useRef<Record<WatchTier, HTMLVideoElement | null>>({ webrtc: null, hls: null });
  const shown = useRef<HTMLVideoElement>(null);
  const watching = useWatchSession(feed, showId, ticket, surfaces);
  const { picture, quality } = watching;
  const sound = useSound(surfaces, picture.tier);
  const status = useFeed(feed, (feedState) => feedState.show.status);
  const hasBegun = useFeed(feed, (feedState) => feedState.show.stream.kind !== 'none');
  const isKnown = useFeed(feed, (feedState) => feedState.show.facts !== null);
  useLayoutEffect(() => {
    shown.current = surfaces.current[picture.tier];
  }, [picture.tier]);
  const surface = (tier: WatchTier) => (
    <video
      ref={(element) => {
        surfaces.current[tier] = element;
      }}
      playsInline
      autoPlay
      aria-hidden={tier !== picture.tier}
      {...(tier === picture.tier ? { 'data-testid': 'player', 'data-state': picture.state } : {})}
      data-tier={tier}
      className={clsx(
        'absolute inset-0 size-full transition-opacity duration-(--motion-calm)',
        fit === 'cover' ? 'object-cover' : 'object-contain',
        tier !== picture.tier || quality === 'audio'
          ? 'opacity-0'
          : picture.state !== 'playing' && 'opacity-40',
      )}
    >
      <track kind="captions" />
    </video>
  );
  return (
    <>
      <Ambient video={shown} />
      {surface('webrtc')}
      {surface('hls')}
      {quality === 'audio' && picture.state === 'playing' && (
        <SoundOnly onPicture={() => watching.chooseQuality('auto')} />
      )}
      <PictureNotice state={picture.state} status={status} hasBegun={hasBegun} isKnown={isKnown} />
      <Reactions feed={feed} />
      <div className="pointer-events-none absolute inset-x-0 top-0 bg-linear-to-b from-stage/75 to-transparent pb-10">
        <div className="pointer-events-auto flex items-center gap-2 px-3 pt-[calc(var(--safe-top)+0.5rem)]">
          {top}
          <span className="flex-1" />
          <SoundButton sound={sound} />
          {topEnd?.(shown, <QualityChoice watching={watching} />)}
        </div>
        {picture.tier === 'hls' && (
          <div className="pointer-events-auto px-3 pt-2">
            <TierBadge session={watching.session} />
          </div>
        )}
      </div>
    </>
  );
}
