import type { ReactNode, RefObject } from 'react';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { MovablePlace } from '../../../ui/movable.tsx';
import { Ambient } from './ambient.tsx';
import { PictureNotice } from './picture-notice.tsx';
import { QualityChoice } from './quality-choice.tsx';
import { Reactions } from './reactions.tsx';
import { SoundButton } from './sound-button.tsx';
import { SoundOnly } from './sound-only.tsx';
import { TierBadge } from './tier-badge.tsx';
import type { Player } from './use-player.ts';

export interface PlayerViewProps {
  player: Player;
  feed: ShowFeed;
  /** Stands on the picture's top, before the sound button. */
  top?: ReactNode;
  /** Stands on the picture's top, after the sound button; `quality` are parts of a menu. */
  topEnd?: (video: RefObject<HTMLVideoElement | null>, quality: ReactNode) => ReactNode;
}

/** The picture with its light, its notices, and the buttons that belong to it. */
export function PlayerView({ player, feed, top, topEnd }: PlayerViewProps) {
  const { watching, shown } = player;
  const { picture, quality } = watching;
  const status = useFeed(feed, (feedState) => feedState.show.status);
  const hasBegun = useFeed(feed, (feedState) => feedState.show.stream.kind !== 'none');
  const isKnown = useFeed(feed, (feedState) => feedState.show.facts !== null);
  return (
    <>
      <Ambient video={shown} />
      <MovablePlace home={player.screen} />
      {quality === 'audio' && picture.state === 'playing' && (
        <SoundOnly onPicture={() => watching.chooseQuality('auto')} />
      )}
      <PictureNotice state={picture.state} status={status} hasBegun={hasBegun} isKnown={isKnown} />
      <Reactions feed={feed} />
      <div className="pointer-events-none absolute inset-x-0 top-0 bg-linear-to-b from-stage/75 to-transparent pb-10">
        <div className="pointer-events-auto flex items-center gap-2 px-3 pt-[calc(var(--safe-top)+0.5rem)]">
          {top}
          <span className="flex-1" />
          <SoundButton sound={player.sound} />
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
