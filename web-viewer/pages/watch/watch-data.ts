import type { MediaTicket } from '@souk/protocol/http/media';
import type { ShowView } from '@souk/protocol/http/shows';
import type { MerchantId, ShowId } from '@souk/protocol/ids';
import type { ShowEndReason, ShowStatus } from '@souk/protocol/states';
import { useFeed } from '../../api/hub.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import type { Cart } from '../../shop/cart/use-holds.ts';

/** What both layouts of the watch page are made from. */
export interface WatchData {
  readonly showId: ShowId;
  readonly feed: ShowFeed;
  readonly cart: Cart;
  readonly ticket: MediaTicket | null | undefined;
  readonly title: string;
  readonly merchantId: MerchantId | undefined;
  readonly merchantName: string;
  readonly hostName: string;
  readonly coverUrl: string | null;
  readonly status: ShowStatus;
  readonly endReason: ShowEndReason | null;
  readonly isOffline: boolean;
}

/** Puts the show's answer and its live state together; the live state wins, since it is newer. */
export function useWatchData(
  showId: ShowId,
  feed: ShowFeed,
  view: ShowView | undefined,
  cart: Cart,
): WatchData {
  const facts = useFeed(feed, (state) => state.show.facts);
  const liveStatus = useFeed(feed, (state) => state.show.status);
  const endReason = useFeed(feed, (state) => state.show.endReason);
  const isOffline = useFeed(feed, (state) => state.status.kind === 'offline');
  const show = view?.show;
  const status = facts === null ? (show?.status ?? 'draft') : liveStatus;
  return {
    showId,
    feed,
    cart,
    // What a host tries out before the show is for nobody else's eyes and ears.
    ticket: status === 'draft' ? null : view?.media,
    title: facts?.title ?? show?.title ?? '',
    merchantId: facts?.merchantId ?? show?.merchantId,
    merchantName: facts?.merchantName ?? show?.merchantName ?? '',
    hostName: facts?.hostName ?? show?.hostName ?? '',
    coverUrl: show?.coverUrl ?? null,
    status,
    endReason: endReason ?? show?.endReason ?? null,
    isOffline,
  };
}
