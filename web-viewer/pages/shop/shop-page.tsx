import { type MerchantId, merchantIdSchema } from '@souk/protocol/ids';
import { useInfiniteQuery } from '@tanstack/react-query';
import { PackageOpen } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { errorCodeOf } from '../../api/api-error.ts';
import { api } from '../../api/session.ts';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { FollowButton } from '../../shop/follow/follow-button.tsx';
import { useStanding } from '../../shop/follow/use-standing.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ProductTile } from './product-tile.tsx';
import { ShopShows } from './shop-shows.tsx';

const PAGE_SIZE = 24;
const gridClass = 'grid grid-cols-2 gap-x-3 gap-y-6 sm:grid-cols-3 sm:gap-x-5 lg:grid-cols-4';

/** A shop and everything in it, for everybody. */
export function ShopPage() {
  const params = useParams();
  const merchantId = merchantIdSchema.safeParse(params['merchantId']);
  return merchantId.success ? (
    <OneShop key={merchantId.data} merchantId={merchantId.data} />
  ) : (
    <NotFoundPage code="MERCHANT_NOT_FOUND" />
  );
}

function OneShop({ merchantId }: { merchantId: MerchantId }) {
  const { t } = useTranslation();
  const shop = useInfiniteQuery({
    queryKey: ['shop', merchantId],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: PAGE_SIZE, ...(pageParam === undefined ? {} : { cursor: pageParam }) };
      return api.call('shop:get', { params: { merchantId }, query }, { signal });
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const name = shop.data?.pages[0]?.merchant.name;
  useEffect(() => {
    if (name !== undefined) document.title = `${name} · Souk`;
  }, [name]);
  if (shop.data === undefined) {
    if (shop.error === null) return <ShopSkeleton />;
    if (errorCodeOf(shop.error) === 'MERCHANT_NOT_FOUND') return <NotFoundPage code="MERCHANT_NOT_FOUND" />;
    return <ErrorMessage error={shop.error} />;
  }
  const products = shop.data.pages.flatMap((page) => page.products);
  return (
    <div data-testid="shop-page" className="flex flex-col gap-6 sm:gap-8">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0">
          <h1 className="text-2xl font-bold break-words sm:text-3xl">{name}</h1>
          <Followers merchantId={merchantId} />
        </div>
        <FollowButton merchantId={merchantId} look="words" />
      </header>
      <ShopShows merchantId={merchantId} />
      {products.length === 0 ? (
        <EmptyState
          icon={<PackageOpen />}
          title={t('store.emptyTitle')}
          text={t('store.emptyText')}
          action={
            <Button asChild variant="solid">
              <Link to="/">{t('common.toLobby')}</Link>
            </Button>
          }
        />
      ) : (
        <ul className={gridClass} aria-label={t('store.products')}>
          {products.map((product) => (
            <li key={product.id}>
              <ProductTile product={product} />
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-col items-center gap-3">
        <ErrorMessage error={shop.error} />
        {shop.hasNextPage && (
          <Button
            variant="outline"
            size="large"
            data-testid="more-products"
            busy={shop.isFetchingNextPage}
            onClick={() => void shop.fetchNextPage()}
          >
            {t('store.moreProducts')}
          </Button>
        )}
        {!shop.hasNextPage && products.length > PAGE_SIZE && (
          <p className="text-sm text-text-muted">{t('store.allShown')}</p>
        )}
      </div>
    </div>
  );
}

function Followers({ merchantId }: { merchantId: MerchantId }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const followers = useStanding(merchantId)?.followers;
  return (
    <p data-testid="followers" className="min-h-5 text-sm text-text-muted">
      {followers !== undefined && t('follow.followers', { count: followers, formatted: count(followers) })}
    </p>
  );
}

function ShopSkeleton() {
  return (
    <div className="flex flex-col gap-8">
      <Skeleton className="h-10 w-56" />
      <div className={gridClass}>
        {Array.from({ length: 8 }, (_, index) => `tile-${index}`).map((key) => (
          <div key={key} className="flex flex-col gap-2">
            <Skeleton className="aspect-square rounded-large" />
            <Skeleton className="h-5 w-3/4" />
            <Skeleton className="h-5 w-20" />
          </div>
        ))}
      </div>
    </div>
  );
}
