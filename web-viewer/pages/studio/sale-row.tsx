import type { ProductCard } from '@souk/protocol/catalog';
import type { ShowId } from '@souk/protocol/ids';
import type { SaleState } from '@souk/protocol/timeline/state';
import { Hourglass, Zap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Badge, type BadgeProps } from '../../ui/badge.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { StockBar } from '../../ui/stock-bar.tsx';
import { useServerNow } from '../../ui/use-server-now.ts';
import { phaseOf, type SalePhase } from './open-sales.ts';
import { SaleActions } from './sale-actions.tsx';

const tones: Record<SalePhase, NonNullable<BadgeProps['tone']>> = {
  scheduled: 'neutral',
  announced: 'accent',
  running: 'live',
};

const DAY_MS = 86_400_000;

export interface SaleRowProps {
  sale: SaleState;
  product: ProductCard;
  /** Buyers who wait for a unit to come free. */
  waiting: number;
  feed: ShowFeed;
  showId: ShowId;
}

/** One sale: what and for how much, when it starts or ends, what is left, who waits, and the ways to change it. */
export function SaleRow({ sale, product, waiting, feed, showId }: SaleRowProps) {
  const { t } = useTranslation();
  const { money, count } = useFormat();
  const phase = phaseOf(sale, useServerNow(500));
  const left = useFeed(
    feed,
    (state) => state.levels.unitsLeft?.[sale.saleId] ?? (sale.soldOut ? 0 : sale.units),
  );
  const label = product.variants.find(({ id }) => id === sale.variantId)?.label ?? '';
  const leftText = left === 0 ? t('studio.soldOut') : t('studio.unitsLeft', { left, units: sale.units });
  return (
    <div
      data-testid="studio-sale"
      data-phase={phase}
      className="flex flex-col gap-1.5 rounded-small px-2 py-2 text-sm hover:bg-surface-hover"
    >
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Badge tone={tones[phase]}>{t(`studio.phases.${phase}`)}</Badge>
        <span className="min-w-36 flex-1 truncate font-medium">
          {product.title}
          {label !== '' && <span className="font-normal text-text-muted"> · {label}</span>}
        </span>
        <span className="figures ms-auto inline-flex items-center gap-2">
          <span className="inline-flex items-center gap-1 font-semibold text-accent-text">
            <Zap aria-hidden className="size-4" />
            {money(sale.priceMinor, product.currency)}
          </span>
          <SaleTime sale={sale} phase={phase} />
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="flex min-w-32 flex-1 flex-col gap-1">
          <span className="figures flex gap-3 text-text-muted">
            <span data-testid="studio-sale-left">{leftText}</span>
            {waiting > 0 && (
              <span data-testid="studio-sale-waiting" className="inline-flex items-center gap-1">
                <Hourglass aria-hidden className="size-3.5" />
                {t('studio.waiting', { count: waiting, formatted: count(waiting) })}
              </span>
            )}
          </span>
          <StockBar left={left} total={sale.units} label={leftText} />
        </span>
        <SaleActions sale={sale} phase={phase} showId={showId} />
      </div>
    </div>
  );
}

function SaleTime({ sale, phase }: { sale: SaleState; phase: SalePhase }) {
  const { date, timeOfDay } = useFormat();
  const now = useServerNow(1_000, phase === 'scheduled');
  if (phase === 'running') return <Countdown endsAt={sale.endsAt} data-testid="studio-sale-time" />;
  if (phase === 'announced') return <Countdown endsAt={sale.startsAt} data-testid="studio-sale-time" />;
  const isSoon = sale.startsAt - now < DAY_MS;
  return (
    <span data-testid="studio-sale-time" className="figures whitespace-nowrap text-text-muted">
      {isSoon ? timeOfDay(sale.startsAt) : date(sale.startsAt)}
    </span>
  );
}
