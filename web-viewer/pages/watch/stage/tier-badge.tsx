import { RadioTower } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverClock } from '../../../api/hub.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import type { WatchSession } from '../../../media/watch/watch-session.ts';
import { Badge } from '../../../ui/badge.tsx';

const EVERY_MS = 1_000;

/** Says that the picture comes by the slower way, and how far it is behind the host. */
export function TierBadge({ session }: { session: WatchSession | undefined }) {
  const { t } = useTranslation();
  const behind = useBehind(session);
  return (
    <Badge
      tone="glass"
      data-testid="tier"
      data-tier="hls"
      title={t('media.backupText')}
      className="animate-rise"
    >
      <RadioTower aria-hidden className="size-3.5" />
      <span className="sr-only">{t('media.backupText')}</span>
      <span className="figures">
        {behind === undefined ? t('media.backup') : t('media.behind', { time: behind })}
      </span>
    </Badge>
  );
}

/** Seconds behind the host in words of the page's language; undefined while that is not known. */
export function useBehind(session: WatchSession | undefined): string | undefined {
  const { locale } = useFormat();
  const [seconds, setSeconds] = useState<number>();
  useEffect(() => {
    const look = (): void => {
      const shownAt = session?.shownAt();
      setSeconds(shownAt === undefined ? undefined : Math.max(0, (serverClock.now() - shownAt) / 1_000));
    };
    look();
    const timer = window.setInterval(look, EVERY_MS);
    return () => window.clearInterval(timer);
  }, [session]);
  if (seconds === undefined) return undefined;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'short',
    maximumFractionDigits: 0,
  }).format(Math.round(seconds));
}
