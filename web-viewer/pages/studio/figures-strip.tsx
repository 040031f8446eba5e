import type { ShowId } from '@souk/protocol/ids';
import type { Currency } from '@souk/protocol/money';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { formatRemaining } from '../../i18n/formats.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { RollingNumber } from '../../ui/rolling-number.tsx';
import { useServerNow } from '../../ui/use-server-now.ts';
import { AudienceCurve } from './audience-curve.tsx';
import { useSummary } from './use-summary.ts';

export interface FiguresStripProps {
  feed: ShowFeed;
  showId: ShowId;
  currency: Currency;
  isOnAir: boolean;
}

/** Viewers, units, revenue and time on air at a glance, and the audience as a small curve. */
export function FiguresStrip({ feed, showId, currency, isOnAir }: FiguresStripProps) {
  const { t } = useTranslation();
  const { money, count } = useFormat();
  const viewers = useFeed(feed, (state) => state.levels.viewers ?? 0);
  const summary = useSummary(showId, isOnAir ? 'live' : 'draft').data;
  return (
    <footer className="grid grid-cols-2 items-center gap-x-8 gap-y-2 border-t border-line bg-surface px-4 py-2.5 pb-[max(0.625rem,var(--safe-bottom))] sm:flex">
      <Figure label={t('studio.viewers')}>
        <RollingNumber value={viewers} format={count} data-testid="viewer-count" />
      </Figure>
      <Figure label={t('studio.unitsSold')}>
        <RollingNumber value={summary?.unitsSold ?? 0} format={count} />
      </Figure>
      <Figure label={t('studio.revenue')}>
        <RollingNumber
          value={summary?.revenue.amountMinor ?? 0}
          format={(amountMinor) => money(amountMinor, currency)}
        />
      </Figure>
      <Figure label={t('studio.onAirFor')}>
        <OnAirTime feed={feed} isOnAir={isOnAir} />
      </Figure>
      <div className="col-span-2 h-13 min-w-0 flex-1">{isOnAir && <AudienceCurve feed={feed} />}</div>
    </footer>
  );
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col">
      <span className="text-xs text-text-muted">{label}</span>
      <span className="figures text-xl font-semibold">{children}</span>
    </div>
  );
}

function OnAirTime({ feed, isOnAir }: { feed: ShowFeed; isOnAir: boolean }) {
  const since = useFeed(feed, (state) => state.show.liveSince);
  const now = useServerNow(1_000, isOnAir);
  return <span dir="ltr">{formatRemaining(isOnAir && since !== null ? now - since : 0)}</span>;
}
