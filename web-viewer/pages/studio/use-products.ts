import type { MerchantId } from '@souk/protocol/ids';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/session.ts';

/** Everything that a shop sells. */
export function useProducts(merchantId: MerchantId) {
  return useQuery({
    queryKey: ['products', merchantId],
    queryFn: ({ signal }) => api.call('product:list', { params: { merchantId } }, { signal }),
  });
}
