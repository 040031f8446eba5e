import type { ShowView } from '@souk/protocol/http/shows';
import { type ShowId, showIdSchema } from '@souk/protocol/ids';
import { useEffect, useRef, useState } from 'react';
import { Navigate, useParams } from 'react-router';
import { errorCodeOf } from '../../api/api-error.ts';
import { useFeed, useShowFeed } from '../../api/hub.ts';
import { setTokenShow } from '../../api/session.ts';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { showCart } from '../../shop/cart/cart-store.ts';
import { ShopSheet } from '../../shop/cart/shop-sheet.tsx';
import { useCart, useHoldExpiry } from '../../shop/cart/use-holds.ts';
import { useBuyerNews } from '../../shop/follow/use-standing.ts';
import { useWaitlistNews } from '../../shop/waitlist/use-waitlist.ts';
import { SheetBody } from '../../ui/sheet.tsx';
import { useIsWide } from '../../ui/use-media-query.ts';
import { useShowView } from '../staff/use-show-view.ts';
import { forgetChatChoice } from './chat/chat-store.ts';
import { DesktopLayout } from './desktop-layout.tsx';
import { PhoneLayout } from './phone-layout.tsx';
import { ProductList } from './products/product-list.tsx';
import { RemovedScreen } from './removed-screen.tsx';
import { PlayerScreen } from './stage/player-screen.tsx';
import { usePlayer } from './stage/use-player.ts';
import { useWatchData } from './watch-data.ts';

/** A show: watch, talk, buy. */
export function WatchPage() {
  const params = useParams();
  const showId = showIdSchema.safeParse(params['showId']);
  return showId.success ? (
    <WatchShow key={showId.data} showId={showId.data} />
  ) : (
    <NotFoundPage code="SHOW_NOT_FOUND" />
  );
}

function WatchShow({ showId }: { showId: ShowId }) {
  const view = useShowView(showId);
  const feed = useShowFeed(showId);
  const refused = useFeed(feed, (state) => (state.status.kind === 'refused' ? state.status.code : undefined));
  const removal = useFeed(feed, ({ status }) => (status.kind === 'removed' ? status.reason : undefined));
  const isOut = removal !== undefined || refused === 'BANNED';
  const { refetch } = view;
  // Whoever is let in again gets a ticket to the picture again.
  const wasOut = useRef(false);
  useEffect(() => {
    if (wasOut.current && !isOut) void refetch();
    wasOut.current = isOut;
  }, [isOut, refetch]);
  const isGone = errorCodeOf(view.error) === 'SHOW_NOT_FOUND' || refused === 'SHOW_NOT_FOUND';
  // Whoever comes after the end wants the replay; whoever was there sees how it ended.
  const [cameAfterEnd, setCameAfterEnd] = useState<boolean>();
  const loaded = view.data;
  if (loaded !== undefined && cameAfterEnd === undefined) setCameAfterEnd(loaded.show.status === 'ended');
  if (cameAfterEnd === true && loaded?.replayStatus === 'ready') {
    return <Navigate to={`/watch/${showId}/replay`} replace />;
  }
  if (isOut) return <RemovedScreen showId={showId} reason={removal ?? 'banned'} />;
  if (isGone && view.data === undefined) return <NotFoundPage code="SHOW_NOT_FOUND" />;
  return <WatchLayout showId={showId} view={view.data} />;
}

function WatchLayout({ showId, view }: { showId: ShowId; view: ShowView | undefined }) {
  const feed = useShowFeed(showId);
  const cart = useCart(view?.show.merchantId);
  const data = useWatchData(showId, feed, view, cart);
  const hasEnded = data.status === 'ended';
  const player = usePlayer(feed, showId, hasEnded ? null : data.ticket);
  const isWide = useIsWide();
  const Layout = isWide ? DesktopLayout : PhoneLayout;
  useHoldExpiry(feed, cart);
  useWaitlistNews(feed, showId);
  useBuyerNews(feed);
  useEffect(() => {
    setTokenShow(showId);
    return () => {
      setTokenShow(undefined);
      forgetChatChoice();
    };
  }, [showId]);
  useEffect(() => () => showCart({ kind: 'closed' }), []);
  useEffect(() => {
    if (data.title !== '') document.title = `${data.title} · Souk`;
  }, [data.title]);
  return (
    <>
      <Layout data={data} player={player} />
      {!hasEnded && <PlayerScreen player={player} fit={isWide ? 'contain' : 'cover'} />}
      <ShopSheet
        feed={feed}
        cart={cart}
        products={
          <SheetBody>
            <ProductList feed={feed} showId={showId} />
          </SheetBody>
        }
      />
    </>
  );
}
