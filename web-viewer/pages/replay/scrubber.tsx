import { Slider } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { formatRemaining } from '../../i18n/formats.ts';
import type { Playback } from './use-playback.ts';

/** Something that happened at a place of the recording. */
export interface Mark {
  readonly key: string;
  readonly seconds: number;
  readonly kind: 'pin' | 'sale';
  readonly label: string;
}

/** The place in the recording, with what was shown marked on it. It runs from left to right in every language, as pictures do. */
export function Scrubber({ playback, marks }: { playback: Playback; marks: readonly Mark[] }) {
  const { t } = useTranslation();
  const { seconds, totalSeconds, seek } = playback;
  const time = clock(seconds);
  const total = clock(totalSeconds);
  return (
    <div dir="ltr" className="relative flex-1">
      <Slider.Root
        value={[Math.min(seconds, totalSeconds)]}
        max={Math.max(1, totalSeconds)}
        step={1}
        onValueChange={([next]) => next !== undefined && seek(next)}
        dir="ltr"
        data-testid="scrubber"
        className="relative flex h-11 w-full cursor-pointer touch-none items-center select-none"
      >
        <Slider.Track className="relative h-1.5 flex-1 rounded-full bg-current/25">
          <Slider.Range className="absolute h-full rounded-full bg-accent" />
        </Slider.Track>
        <Slider.Thumb
          aria-label={t('media.seek')}
          aria-valuetext={t('media.timeOf', { time, total })}
          className="block size-4 rounded-full bg-accent shadow-float"
        />
      </Slider.Root>
      <div aria-hidden className="pointer-events-none absolute inset-x-2 inset-y-0">
        {marks.map(({ key, seconds: at, kind, label }) => (
          <span
            key={key}
            data-testid="scrubber-mark"
            data-kind={kind}
            title={label}
            className={`absolute top-1/2 size-2 -translate-1/2 rounded-full ring-2 ring-stage/60 ${
              kind === 'sale' ? 'bg-live' : 'bg-on-stage'
            }`}
            style={{ left: `${(at / Math.max(1, totalSeconds)) * 100}%` }}
          />
        ))}
      </div>
    </div>
  );
}

/** Seconds as `m:ss`. */
export function clock(seconds: number): string {
  return formatRemaining(Math.floor(seconds) * 1_000);
}
