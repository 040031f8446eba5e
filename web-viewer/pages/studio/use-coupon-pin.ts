import type { CouponId, ShowId } from '@souk/protocol/ids';
import { useMutation } from '@tanstack/react-query';
import { serverClock } from '../../api/hub.ts';
import { api } from '../../api/session.ts';

/** Pins a coupon and takes it off; what is pinned comes back through the timeline, as everybody sees it. */
export function useCouponPin(showId: ShowId) {
  const params = { showId };
  const { mutate, error } = useMutation({
    mutationFn: async (couponId: CouponId | null) => {
      const at = Math.floor(serverClock.now());
      if (couponId === null) await api.call('coupon:unpin', { params, query: { at } });
      else await api.call('coupon:pin', { params, body: { couponId, at } });
    },
  });
  return { pin: (couponId: CouponId) => mutate(couponId), unpin: () => mutate(null), error };
}
