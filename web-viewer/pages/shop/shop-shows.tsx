import type { MerchantId } from '@souk/protocol/ids';
import { useLiveShows } from '../lobby/use-live-shows.ts';
import { OnAir } from '../product/on-air.tsx';

/** The shows of this shop that are on air; nothing while none is. */
export function ShopShows({ merchantId }: { merchantId: MerchantId }) {
  const { data } = useLiveShows();
  const shows = (data?.shows ?? []).filter((show) => show.merchantId === merchantId);
  return shows.length === 0 ? null : <OnAir shows={shows.map(({ id, title }) => ({ id, title }))} />;
}
