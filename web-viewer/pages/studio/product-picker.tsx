import type { ProductCard } from '@souk/protocol/catalog';
import type { MerchantId, ProductId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { clsx } from 'clsx';
import { Check, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Price } from '../../ui/price.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { MoreButton } from '../staff/more-button.tsx';
import { useSettled } from '../staff/use-settled.ts';
import { useProducts } from './use-products.ts';

/** Fewer are seen at a glance. */
const SEARCH_FROM = 12;

export interface ProductPickerProps {
  merchantId: MerchantId;
  /** The line-up so far, in its order. */
  picked: readonly ProductId[];
  onAdd: (product: ProductCard) => void;
  /** In a narrow place two stand side by side at most. */
  isNarrow?: boolean;
}

/** Every product that can be added, as a grid of pictures; one press adds it to the end of the line-up. */
export function ProductPicker({ merchantId, picked, onAdd, isNarrow = false }: ProductPickerProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const search = useSettled(text.trim());
  const pages = useProducts(merchantId, search);
  const products = pages.data?.pages.flatMap((page) => page.products) ?? [];
  return (
    <div className="flex flex-col gap-3">
      {(products.length >= SEARCH_FROM || text !== '') && (
        <SearchField label={t('studio.searchProducts')} value={text} onChange={setText} />
      )}
      <ErrorMessage error={pages.error} />
      {pages.data === undefined && !pages.isError && <ProductPickerSkeleton />}
      {pages.data !== undefined && products.length === 0 && (
        <p className="text-sm text-text-muted">
          {search === '' ? t('studio.noProducts') : t('studio.nothingFound', { search })}
        </p>
      )}
      <ul className={clsx('grid grid-cols-2 gap-3', !isNarrow && 'sm:grid-cols-3 lg:grid-cols-4')}>
        {products.map((product) => (
          <li key={product.id}>
            <PickTile
              product={product}
              place={picked.indexOf(product.id) + 1}
              isFull={picked.length >= limits.lineupProducts}
              onAdd={() => onAdd(product)}
            />
          </li>
        ))}
      </ul>
      <MoreButton pages={pages} />
    </div>
  );
}

/** The picker's shape while the products are on their way. */
export function ProductPickerSkeleton() {
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
      {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key) => (
        <Skeleton key={key} className="aspect-square rounded-large" />
      ))}
    </div>
  );
}

interface PickTileProps {
  product: ProductCard;
  /** Place in the line-up from 1; 0 when it is not in it. */
  place: number;
  isFull: boolean;
  onAdd: () => void;
}

function PickTile({ product, place, isFull, onAdd }: PickTileProps) {
  const { t } = useTranslation();
  const isPicked = place > 0;
  const cheapest = Math.min(...product.variants.map((variant) => variant.priceMinor));
  return (
    <button
      type="button"
      data-testid="lineup-product"
      aria-pressed={isPicked}
      aria-label={
        isPicked
          ? t('studio.added', { title: product.title, place })
          : t('studio.add', { title: product.title })
      }
      disabled={isFull && !isPicked}
      onClick={onAdd}
      className={clsx(
        'relative flex w-full flex-col overflow-hidden rounded-large border text-start transition-[border-color,scale]',
        'duration-(--motion-quick) active:scale-[0.98] disabled:opacity-50',
        isPicked ? 'border-accent bg-accent-soft' : 'border-line bg-surface-raised hover:border-line-strong',
      )}
    >
      <img src={product.pictureUrl} alt="" className="aspect-[4/3] w-full bg-surface-sunken object-cover" />
      <span className="flex flex-col gap-0.5 p-3">
        <span className="truncate text-sm font-semibold">{product.title}</span>
        <Price amountMinor={cheapest} currency={product.currency} className="text-sm text-text-muted" />
      </span>
      <span
        aria-hidden
        className={clsx(
          'figures absolute end-2 top-2 grid size-7 place-items-center rounded-full text-sm font-bold shadow-float',
          isPicked ? 'bg-accent text-on-accent' : 'bg-surface-raised text-text-muted',
        )}
      >
        {isPicked ? <PlaceMark place={place} /> : <Plus className="size-4" />}
      </span>
    </button>
  );
}

function PlaceMark({ place }: { place: number }) {
  return place <= 99 ? place : <Check className="size-4" />;
}
