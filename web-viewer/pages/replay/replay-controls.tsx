import { Pause, Play, RotateCcw, RotateCw, Volume2, VolumeX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/icon-button.tsx';
import { clock, type Mark, Scrubber } from './scrubber.tsx';
import type { Playback } from './use-playback.ts';

const SKIP_SECONDS = 10;

/** Play, ten seconds back and forth, the place, and the sound. */
export function ReplayControls({ playback, marks }: { playback: Playback; marks: readonly Mark[] }) {
  const { t } = useTranslation();
  const { isPlaying, isMuted } = playback;
  return (
    <div dir="ltr" className="flex flex-col px-1">
      <Scrubber playback={playback} marks={marks} />
      <div className="-mt-1 flex items-center gap-1">
        <IconButton
          data-testid="replay-play"
          data-playing={isPlaying}
          label={isPlaying ? t('media.pause') : t('media.play')}
          icon={
            isPlaying ? <Pause className="size-6 fill-current" /> : <Play className="size-6 fill-current" />
          }
          onClick={playback.toggle}
          className="hover:bg-current/10!"
        />
        <IconButton
          label={t('media.back')}
          icon={<RotateCcw className="size-5" />}
          onClick={() => playback.skip(-SKIP_SECONDS)}
          className="hover:bg-current/10!"
        />
        <IconButton
          label={t('media.forward')}
          icon={<RotateCw className="size-5" />}
          onClick={() => playback.skip(SKIP_SECONDS)}
          className="hover:bg-current/10!"
        />
        <span data-testid="replay-time" className="figures flex-1 ps-2 text-sm">
          {clock(playback.seconds)} <span className="opacity-70">/ {clock(playback.totalSeconds)}</span>
        </span>
        <IconButton
          data-testid="replay-sound"
          label={isMuted ? t('watch.unmute') : t('watch.mute')}
          icon={isMuted ? <VolumeX className="size-5" /> : <Volume2 className="size-5" />}
          onClick={() => playback.setMuted(!isMuted)}
          className="hover:bg-current/10!"
        />
      </div>
    </div>
  );
}
