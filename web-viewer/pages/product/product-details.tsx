import type { VariantCard } from '@souk/protocol/catalog';
import type { ProductPage } from '@souk/protocol/http/catalog';
import type { VariantId } from '@souk/protocol/ids';
import { clsx } from 'clsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../i18n/use-format.ts';
import { BundleContents } from '../../shop/bundle-contents.tsx';
import { Price } from '../../ui/price.tsx';
import { Gallery } from './gallery.tsx';
import { OnAir } from './on-air.tsx';
import { VariantChoice } from './variant-choice.tsx';

/** From here on up, how many are left is nobody's worry. */
const PLENTY = 10;

export function ProductDetails({ page }: { page: ProductPage }) {
  const { t } = useTranslation();
  const { product, merchantName, pictureUrls, liveShows } = page;
  const [chosen, setChosen] = useState<VariantId>();
  const { variants } = product;
  const variant =
    variants.find(({ id }) => id === chosen) ??
    variants.find(({ available }) => available > 0) ??
    variants[0];
  if (variant === undefined) return null;
  return (
    <article
      data-testid="product-page"
      data-product-id={product.id}
      className="grid items-start gap-6 lg:grid-cols-2 lg:gap-12"
    >
      <Gallery urls={pictureUrls.length > 0 ? pictureUrls : [product.pictureUrl]} title={product.title} />
      <div className="flex min-w-0 flex-col gap-5">
        <header className="flex flex-col gap-1.5">
          <Link
            to={`/shop/${product.merchantId}`}
            className="inline-flex min-h-11 w-fit items-center text-sm font-medium break-words text-text-muted underline-offset-4 hover:text-text hover:underline sm:min-h-0"
          >
            {t('store.soldBy', { shop: merchantName })}
          </Link>
          <h1 className="text-2xl font-bold break-words sm:text-3xl">{product.title}</h1>
          <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
            <Price amountMinor={variant.priceMinor} currency={product.currency} className="text-xl" />
            <Availability variant={variant} />
          </div>
        </header>
        <VariantChoice product={product} chosenId={variant.id} onChoose={setChosen} />
        <BundleContents variant={variant} className="rounded-small bg-surface-sunken px-4 py-3" />
        <OnAir shows={liveShows} />
        {product.description !== '' && (
          <section>
            <h2 className="mb-1 font-semibold">{t('store.description')}</h2>
            <p className="break-words whitespace-pre-line text-text-muted">
              <bdi>{product.description}</bdi>
            </p>
          </section>
        )}
      </div>
    </article>
  );
}

function Availability({ variant: { available } }: { variant: VariantCard }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const isFew = available > 0 && available < PLENTY;
  return (
    <span
      data-testid="availability"
      data-available={available}
      className={clsx(
        'text-sm font-medium',
        available === 0 ? 'text-danger-text' : isFew ? 'text-accent-text' : 'text-success-text',
      )}
    >
      {available === 0
        ? t('shop.soldOut')
        : isFew
          ? t('store.fewLeft', { count: available, formatted: count(available) })
          : t('store.inStock')}
    </span>
  );
}
