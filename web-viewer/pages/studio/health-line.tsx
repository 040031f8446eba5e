import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { isPathBad, type PublishHealth } from '../../media/publish/health.ts';
import type { Broadcast } from './use-broadcast.ts';

const dots = {
  good: 'bg-success',
  fair: 'bg-accent',
  poor: 'bg-danger',
  idle: 'bg-line-strong',
} as const;

/** One sentence on how the picture goes out, for example "Good: 2.4 Mbps, 30 fps", and below it how the path is. */
export function HealthLine({ broadcast, isOnAir }: { broadcast: Broadcast; isOnAir: boolean }) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const { state, health, isBlocked } = broadcast;
  const words =
    health !== null && state === 'publishing'
      ? t(`studio.health.${health.level}`, figures(health, locale))
      : null;
  return (
    <div
      data-testid="broadcast-health"
      data-state={state}
      data-codec={broadcast.videoMimeType}
      className="flex flex-col gap-0.5 text-sm text-text-muted"
    >
      <p className="figures flex min-h-5 items-center gap-x-2">
        <span
          aria-hidden
          className={clsx('size-2.5 shrink-0 rounded-full', dots[levelOf(broadcast, isOnAir)])}
        />
        {words ?? t(`studio.broadcast.${state === 'off' && isOnAir ? 'noCamera' : state}`)}
      </p>
      {health !== null && state === 'publishing' && <PathLine health={health} />}
      {isBlocked && <p className="ps-4.5 font-medium text-danger-text">{t('broadcast.blocked')}</p>}
      {broadcast.videoMimeType?.toLowerCase() === 'video/vp8' && (
        <p className="ps-4.5 text-xs">{t('broadcast.noH264')}</p>
      )}
    </div>
  );
}

function PathLine({ health }: { health: PublishHealth }) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const loss = percent(health.lossRatio, locale);
  return (
    <>
      <p className="figures ps-4.5 text-xs">
        {health.roundTripMs === null
          ? t('broadcast.pathUnknown', { loss })
          : t('broadcast.path', { loss, ms: health.roundTripMs })}
        {health.height > 0 && ` · ${health.height}p`}
      </p>
      {isPathBad(health) && <p className="ps-4.5">{t('broadcast.badPath')}</p>}
      {health.limitedBy === 'cpu' && <p className="ps-4.5">{t('studio.limitedByCpu')}</p>}
      {health.limitedBy === 'bandwidth' && <p className="ps-4.5">{t('broadcast.limitedByBandwidth')}</p>}
    </>
  );
}

/** A part of a whole, 0 to 1, as a percentage. */
export function percent(ratio: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(ratio);
}

/** Bits per second as megabits with one digit after the point. */
export function megabits(bitrateBps: number, locale: string): string {
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return format.format(bitrateBps / 1_000_000);
}

function levelOf({ state, health }: Broadcast, isOnAir: boolean): keyof typeof dots {
  if (state === 'publishing') return health?.level ?? 'idle';
  return isOnAir && state !== 'connecting' ? 'poor' : 'idle';
}

function figures(health: PublishHealth, locale: string) {
  return { mbps: megabits(health.bitrateBps, locale), fps: health.framesPerSecond };
}
