import type { ProductId, ShowId } from '@souk/protocol/ids';
import { PackageOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { useServerNow } from '../../ui/use-server-now.ts';
import { KeyHint } from '../staff/key-hint.tsx';
import { type Hotkeys, useHotkeys } from '../staff/use-hotkeys.ts';
import { CouponMenu, PinnedCoupon } from './coupon-pin.tsx';
import { EditLineup } from './edit-lineup.tsx';
import { LineupRow } from './lineup-row.tsx';
import { openSales } from './open-sales.ts';
import { usePins } from './use-pins.ts';

const KEYS = 9;

export interface LineupPanelProps {
  feed: ShowFeed;
  showId: ShowId;
  /** Before the show the products to add stand beside the line-up; later they are behind its button. */
  isDraft: boolean;
}

/** The line-up with a pin button each; the keys 1 to 9 pin, 0 unpins. */
export function LineupPanel({ feed, showId, isDraft }: LineupPanelProps) {
  const { t } = useTranslation();
  const lineup = useFeed(feed, (state) => state.show.lineup);
  const pinnedId = useFeed(feed, (state) => state.show.pinnedProductId);
  const pins = usePins(showId);
  useHotkeys(
    pinKeys(
      lineup.map(({ id }) => id),
      pins.pin,
      pins.unpin,
    ),
  );
  const onSale = useProductsOnSale(feed);
  return (
    <section aria-labelledby="lineup" className="flex min-h-0 flex-col gap-2">
      <header className="flex items-center gap-2">
        <h2 id="lineup" className="flex-1 text-sm font-semibold">
          {t('studio.lineup')}
        </h2>
        <span className="hidden items-center gap-1 text-xs text-text-muted pointer-fine:flex">
          <KeyHint>1</KeyHint>–<KeyHint>9</KeyHint> {t('studio.keysPin')} <KeyHint>0</KeyHint>{' '}
          {t('studio.keysUnpin')}
        </span>
        {!isDraft && <CouponMenu feed={feed} showId={showId} />}
        <EditLineup showId={showId} lineup={lineup} feed={feed} />
      </header>
      <ErrorMessage error={pins.error} />
      {!isDraft && <PinnedCoupon feed={feed} showId={showId} />}
      {lineup.length === 0 && isDraft && <p className="text-sm text-text-muted">{t('studio.lineupEmpty')}</p>}
      {lineup.length === 0 && !isDraft && (
        <div className="grid flex-1 place-content-center justify-items-center gap-2 py-8 text-center text-sm text-text-muted">
          <PackageOpen aria-hidden className="size-6" />
          <p>{t('studio.lineupEmptyLive')}</p>
        </div>
      )}
      <ol className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        {lineup.map((product, index) => (
          <LineupRow
            key={product.id}
            product={product}
            place={index + 1}
            isPinned={product.id === pinnedId}
            isOnSale={onSale.has(product.id)}
            feed={feed}
            pins={pins}
          />
        ))}
      </ol>
    </section>
  );
}

function pinKeys(
  productIds: readonly ProductId[],
  pin: (productId: ProductId) => void,
  unpin: () => void,
): Hotkeys {
  const keys = productIds.slice(0, KEYS).map((id, index) => [String(index + 1), () => pin(id)] as const);
  return { ...Object.fromEntries(keys), '0': unpin };
}

function useProductsOnSale(feed: ShowFeed): ReadonlySet<ProductId> {
  const sales = useFeed(feed, (state) => state.show.sales);
  const now = useServerNow(1_000, Object.keys(sales).length > 0);
  return new Set(openSales(sales, now).map(({ productId }) => productId));
}
