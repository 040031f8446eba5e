import type { Stock } from '@souk/protocol/http/desk';
import type { VariantId } from '@souk/protocol/ids';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/session.ts';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { useSettled } from '../../staff/use-settled.ts';
import { useDesk } from '../use-desk.ts';

const FOUND_AT_ONCE = 6;

export interface PartSearchProps {
  /** What cannot be picked (again). */
  taken: readonly (VariantId | undefined)[];
  onPick: (item: Stock) => void;
}

/** Finds variants by name or SKU and hands on the one that is pressed. */
export function PartSearch({ taken, onPick }: PartSearchProps) {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const [text, setText] = useState('');
  const search = useSettled(text.trim());
  const found = useQuery({
    queryKey: ['stock', merchant.id, 'parts', search],
    queryFn: ({ signal }) =>
      api.call(
        'stock:list',
        { params: { merchantId: merchant.id }, query: { search, limit: FOUND_AT_ONCE + taken.length } },
        { signal },
      ),
    enabled: search !== '',
  });
  const list = (found.data?.stock ?? [])
    .filter(({ variantId }) => !taken.includes(variantId))
    .slice(0, FOUND_AT_ONCE);
  return (
    <div className="flex flex-col gap-1">
      <SearchField
        label={t('catalog.searchParts')}
        value={text}
        onChange={setText}
        data-testid="part-search"
        // Enter looks for parts; it must not save the product.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <ErrorMessage error={found.error} />
      {search !== '' && found.data !== undefined && list.length === 0 && (
        <p className="px-2 py-1 text-sm text-text-muted">{t('catalog.nothingFound', { search })}</p>
      )}
      {search !== '' && (
        <ul>
          {list.map((item) => (
            <li key={item.variantId}>
              <button
                type="button"
                data-testid="part-found"
                className="flex min-h-11 w-full items-center gap-3 rounded-small px-2 text-start text-sm hover:bg-surface-hover"
                onClick={() => {
                  onPick(item);
                  setText('');
                }}
              >
                <img
                  src={item.pictureUrl}
                  alt=""
                  className="size-8 rounded-small bg-surface-hover object-cover"
                />
                <span className="min-w-0 flex-1 truncate">
                  {item.productTitle} <span className="text-text-muted">{item.variantLabel}</span>{' '}
                  <bdi className="text-xs text-text-muted">{item.sku}</bdi>
                </span>
                <Plus aria-hidden className="size-4 text-text-muted" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
