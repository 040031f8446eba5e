import { clsx } from 'clsx';
import type { ReactPortal } from 'react';
import { createPortal } from 'react-dom';
import type { WatchTier } from '../../../media/watch/watch-session.ts';
import type { Player } from './use-player.ts';

export interface PlayerScreenProps {
  player: Player;
  /** Fills the place (a phone), or keeps its own ratio in the middle of it. */
  fit: 'cover' | 'contain';
}

/** The video elements, one for each tier; they stand wherever the layout has its `PlayerView`. */
export function PlayerScreen({ player, fit }: PlayerScreenProps): ReactPortal {
  const { surfaces, watching } = player;
  const { picture, quality } = watching;
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
  return createPortal(
    <>
      {surface('webrtc')}
      {surface('hls')}
    </>,
    player.screen,
  );
}
