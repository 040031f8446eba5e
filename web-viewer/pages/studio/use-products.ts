import type { MerchantId } from '@souk/protocol/ids';
import { api } from '../../api/session.ts';
import { usePages } from '../staff/use-pages.ts';

/** What a shop sells, page by page; with a search, what fits it. */
export function useProducts(merchantId: MerchantId, search: string) {
  return usePages({
    queryKey: ['products', merchantId, search],
    load: (cursor, signal) =>
      api.call(
        'product:list',
        { params: { merchantId }, query: { cursor, search: search || undefined } },
        { signal },
      ),
  });
}
