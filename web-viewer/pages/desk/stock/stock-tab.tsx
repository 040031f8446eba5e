import type { Stock } from '@souk/protocol/http/desk';
import { Boxes } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api } from '../../../api/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { MoreButton } from '../../staff/more-button.tsx';
import { usePages } from '../../staff/use-pages.ts';
import { ListSkeleton } from '../list-skeleton.tsx';
import { useDesk } from '../use-desk.ts';
import { useSearchText } from '../use-search-text.ts';
import { StockDrawer } from './stock-drawer.tsx';
import { StockHead, StockRow } from './stock-row.tsx';

const REFRESH_MS = 10_000;
const PAGE_VARIANTS = 50;

/** The stock of every variant; a press opens its ledger and the ways to change it. */
export function StockTab() {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const { text, setText, search } = useSearchText();
  const [params, setParams] = useSearchParams();
  const openId = params.get('variant');
  const pages = usePages({
    queryKey: ['stock', merchant.id, search],
    load: (cursor, signal) =>
      api.call(
        'stock:list',
        {
          params: { merchantId: merchant.id },
          query: { cursor, search: search || undefined, limit: PAGE_VARIANTS },
        },
        { signal },
      ),
    refetchIntervalMs: REFRESH_MS,
  });
  const list: readonly Stock[] = pages.data?.pages.flatMap((page) => page.stock) ?? [];
  const open = (variantId: string | null): void =>
    setParams((present) => {
      const next = new URLSearchParams(present);
      if (variantId === null) next.delete('variant');
      else next.set('variant', variantId);
      return next;
    });
  return (
    <div className="flex flex-col gap-4">
      <SearchField label={t('inventory.search')} value={text} onChange={setText} data-testid="stock-search" />
      <ErrorMessage error={pages.error} />
      {pages.data === undefined && !pages.isError && <ListSkeleton />}
      {pages.data !== undefined &&
        list.length === 0 &&
        (search === '' ? (
          <EmptyState icon={<Boxes />} title={t('inventory.empty')} text={t('inventory.emptyText')} />
        ) : (
          <p className="py-10 text-center text-text-muted">{t('catalog.nothingFound', { search })}</p>
        ))}
      {list.length > 0 && (
        <div className="overflow-hidden rounded-large border border-line bg-surface-raised">
          <StockHead />
          <ul className="divide-y divide-line">
            {list.map((item) => (
              <li key={item.variantId}>
                <StockRow item={item} onOpen={() => open(item.variantId)} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <MoreButton pages={pages} />
      <StockDrawer item={list.find(({ variantId }) => variantId === openId)} onClose={() => open(null)} />
    </div>
  );
}
