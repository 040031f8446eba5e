import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import type { PublishHealth } from '../../media/publish-health.ts';
import type { Broadcast } from './use-broadcast.ts';

const dots = {
  good: 'bg-success',
  fair: 'bg-accent',
  poor: 'bg-danger',
  idle: 'bg-line-strong',
} as const;

/** One sentence on how the picture goes out, for example "Good: 2.4 Mbps, 30 fps". */
export function HealthLine({ broadcast, isOnAir }: { broadcast: Broadcast; isOnAir: boolean }) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const { state, health } = broadcast;
  const words =
    health !== null && state === 'publishing'
      ? t(`studio.health.${health.level}`, figures(health, locale))
      : null;
  return (
    <p
      data-testid="broadcast-health"
      data-state={state}
      className="figures flex min-h-5 flex-wrap items-center gap-x-2 text-sm text-text-muted"
    >
      <span
        aria-hidden
        className={clsx('size-2.5 shrink-0 rounded-full', dots[levelOf(broadcast, isOnAir)])}
      />
      {words ?? t(`studio.broadcast.${state === 'off' && isOnAir ? 'noCamera' : state}`)}
      {health !== null && health.limitedBy === 'cpu' && (
        <span className="ps-4.5">{t('studio.limitedByCpu')}</span>
      )}
    </p>
  );
}

function levelOf({ state, health }: Broadcast, isOnAir: boolean): keyof typeof dots {
  if (state === 'publishing') return health?.level ?? 'idle';
  return isOnAir && state !== 'connecting' ? 'poor' : 'idle';
}

function figures(health: PublishHealth, locale: string) {
  const mbps = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return { mbps: mbps.format(health.bitrateBps / 1_000_000), fps: health.framesPerSecond };
}
