import { useFeed } from '../api/hub.ts';
import type { ShowFeed } from '../api/show-feed.ts';
import { useServerNowAt } from '../ui/use-server-now.ts';
import { type OpenSales, openSalesAt } from './offer.ts';

/** The sales that run now and those about to; drawn anew the moment one starts or ends by the server's clock. */
export function useOpenSales(feed: ShowFeed): OpenSales {
  // The sales alone: a component that takes the whole show is drawn anew with each message of the chat.
  const sales = useFeed(feed, (state) => state.show.sales);
  const open = Object.values(sales).filter((sale) => sale.endReason === undefined);
  const now = useServerNowAt(open.flatMap((sale) => [sale.startsAt, sale.endsAt]));
  return openSalesAt({ sales }, now);
}
