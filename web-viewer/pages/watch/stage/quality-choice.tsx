import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import type { Reception } from '../../../media/watch/reception.ts';
import type { WatchSession } from '../../../media/watch/watch-session.ts';
import { qualities } from '../../../media/watch/watch-wish.ts';
import { MenuChoice, MenuLabel } from '../../../ui/menu.tsx';
import type { Watching } from './use-watch-session.ts';

const EVERY_MS = 1_000;

/** Parts of a menu: how much of the picture is wanted, and what arrives now. */
export function QualityChoice({ watching }: { watching: Watching }) {
  const { t } = useTranslation();
  const { quality, chooseQuality } = watching;
  return (
    <>
      <MenuLabel>{t('media.quality')}</MenuLabel>
      <MenuChoice
        value={quality}
        options={qualities.map((value) => ({ value, label: t(`media.qualities.${value}`) }))}
        onChange={chooseQuality}
      />
      <ReceivedNow watching={watching} />
    </>
  );
}

/** Read only while somebody has the menu open. */
function ReceivedNow({ watching: { session, picture } }: { watching: Watching }) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const reception = useReception(session);
  if (picture.state !== 'playing' || reception === null) return null;
  const mbps = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const rate = t('media.mbps', { mbps: mbps.format(reception.bitrateBps / 1_000_000) });
  const parts = [
    reception.height > 0 ? t('media.lines', { lines: reception.height }) : t('media.noPictureNow'),
    rate,
    reception.roundTripMs === null ? null : t('media.roundTrip', { ms: Math.round(reception.roundTripMs) }),
  ].filter((part) => part !== null);
  return (
    <p data-testid="received-now" className="figures px-3 pt-1 pb-2 text-xs text-text-muted">
      <span className="block font-medium">{t(`media.tiers.${picture.tier}`)}</span>
      {parts.join(' · ')}
    </p>
  );
}

function useReception(session: WatchSession | undefined): Reception | null {
  const [reception, setReception] = useState<Reception | null>(null);
  useEffect(() => {
    let isOver = false;
    const look = async (): Promise<void> => {
      const now = (await session?.reception()) ?? null;
      if (!isOver) setReception(now);
    };
    // A reading that fails belongs to a connection that is ending.
    const lookQuietly = (): void => void look().catch(() => undefined);
    lookQuietly();
    const timer = window.setInterval(lookQuietly, EVERY_MS);
    return () => {
      isOver = true;
      window.clearInterval(timer);
    };
  }, [session]);
  return reception;
}
