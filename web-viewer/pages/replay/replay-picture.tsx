import { clsx } from 'clsx';
import { Play } from 'lucide-react';
import { type ReactPortal, type RefObject, useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { MovablePlace } from '../../ui/movable.tsx';
import { Ambient } from '../watch/stage/ambient.tsx';
import type { ReplayData } from './use-replay.ts';

export interface ReplayPictureProps {
  video: RefObject<HTMLVideoElement | null>;
  data: ReplayData;
  /** Where the video element itself stands. */
  screen: HTMLElement;
}

/** The recorded picture; a press on it plays and pauses. */
export function ReplayPicture({ video, data, screen }: ReplayPictureProps) {
  const { t } = useTranslation();
  const { playback, player } = data;
  return (
    <>
      <Ambient video={video} />
      <MovablePlace home={screen} />
      {player.fault === undefined && !playback.isPlaying && (
        <button
          type="button"
          aria-label={t('media.play')}
          onClick={playback.toggle}
          className="glass absolute inset-0 m-auto grid size-18 animate-rise place-items-center rounded-full"
        >
          <Play className="size-8 fill-current ps-1" />
        </button>
      )}
      {player.fault !== undefined && (
        <div role="alert" data-testid="replay-fault" className="absolute inset-0 grid place-items-center p-6">
          <div className="glass flex max-w-sm flex-col items-center gap-3 rounded-large px-6 py-4 text-center">
            <p className="text-lg font-semibold">{t('media.replayFailed')}</p>
            <p className="text-sm text-on-stage-muted">
              {player.fault === 'unsupported' ? t('media.replayUnsupported') : t('media.replayFailedText')}
            </p>
            {player.fault !== 'unsupported' && (
              <Button variant="accent" onClick={player.retry}>
                {t('common.retry')}
              </Button>
            )}
          </div>
        </div>
      )}
    </>
  );
}

export interface ReplayVideoProps extends Pick<ReplayPictureProps, 'video' | 'screen'> {
  onClick: () => void;
  fit: 'cover' | 'contain';
}

/** The video element of the recording. It is the same one in each layout, so that a turned device plays on. */
export function ReplayVideo({ video, screen, onClick, fit }: ReplayVideoProps): ReactPortal {
  useEffect(() => {
    // Without a press before it a browser may refuse to play with sound: then the large button waits.
    video.current?.play().catch(() => undefined);
  }, [video]);
  return createPortal(
    <video
      ref={video}
      data-testid="replay-video"
      autoPlay
      playsInline
      onClick={onClick}
      className={clsx('absolute inset-0 size-full', fit === 'cover' ? 'object-cover' : 'object-contain')}
    >
      <track kind="captions" />
    </video>,
    screen,
  );
}
