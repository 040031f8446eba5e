import { type ProductId, productIdSchema } from '@souk/protocol/ids';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useParams } from 'react-router';
import { errorCodeOf } from '../../api/api-error.ts';
import { api } from '../../api/session.ts';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ProductDetails } from './product-details.tsx';

/** What is left and who is on air change while somebody reads. */
const LOOK_MS = 10_000;

/** A product's own page, for everybody. */
export function ProductPage() {
  const params = useParams();
  const productId = productIdSchema.safeParse(params['productId']);
  return productId.success ? (
    <OneProduct key={productId.data} productId={productId.data} />
  ) : (
    <NotFoundPage code="PRODUCT_NOT_FOUND" />
  );
}

function OneProduct({ productId }: { productId: ProductId }) {
  const { data, error } = useQuery({
    queryKey: ['product', productId],
    queryFn: ({ signal }) => api.call('product:get', { params: { productId } }, { signal }),
    refetchInterval: LOOK_MS,
  });
  const title = data?.product.title;
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · Souk`;
  }, [title]);
  if (data !== undefined) return <ProductDetails page={data} />;
  if (error === null) return <ProductSkeleton />;
  if (errorCodeOf(error) === 'PRODUCT_NOT_FOUND') return <NotFoundPage code="PRODUCT_NOT_FOUND" />;
  return <ErrorMessage error={error} />;
}

function ProductSkeleton() {
  return (
    <div className="grid gap-6 lg:grid-cols-2 lg:gap-12">
      <Skeleton className="aspect-square rounded-large" />
      <div className="flex flex-col gap-4">
        <Skeleton className="h-8 w-3/4" />
        <Skeleton className="h-6 w-32" />
        <Skeleton className="h-11" />
        <Skeleton className="h-40" />
      </div>
    </div>
  );
}
