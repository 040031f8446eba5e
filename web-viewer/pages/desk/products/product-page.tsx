import { type ProductId, productIdSchema } from '@souk/protocol/ids';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { api } from '../../../api/session.ts';
import { NotFoundPage } from '../../../app/not-found-page.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useDesk } from '../use-desk.ts';
import { ProductEditor } from './product-editor.tsx';

/** A product of the shop, to be changed. */
export function DeskProductPage() {
  const productId = productIdSchema.safeParse(useParams()['productId']);
  if (!productId.success) return <NotFoundPage code="PRODUCT_NOT_FOUND" />;
  return <LoadedProduct key={productId.data} productId={productId.data} />;
}

function LoadedProduct({ productId }: { productId: ProductId }) {
  const { merchant } = useDesk();
  const loading = useQuery({
    queryKey: ['desk-product', productId],
    queryFn: ({ signal }) =>
      api.call('desk:product', { params: { merchantId: merchant.id, productId } }, { signal }),
    // What stands in the fields must not change under the hands.
    refetchOnWindowFocus: false,
  });
  if (loading.isError) return <ErrorMessage error={loading.error} />;
  if (loading.data === undefined) return <EditorSkeleton />;
  return <ProductEditor product={loading.data.product} />;
}

function EditorSkeleton() {
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <Skeleton className="h-96 rounded-large" />
      <Skeleton className="h-64 rounded-large" />
    </div>
  );
}
