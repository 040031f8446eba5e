import { clsx } from 'clsx';
import { LayoutGrid, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SettingsMenu } from '../../app/settings-menu.tsx';
import { showCart, useCartView } from '../../shop/cart/cart-store.ts';
import { FollowButton } from '../../shop/follow/follow-button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { LiveBadge } from '../../ui/live-badge.tsx';
import { CartButton } from './cart-button.tsx';
import { ChatEntry } from './chat/chat-entry.tsx';
import { ChatList } from './chat/chat-list.tsx';
import { MuteNotice } from './chat/mute-notice.tsx';
import type { LayoutProps } from './desktop-layout.tsx';
import { EndedScreen } from './ended-screen.tsx';
import { OfflineNotice } from './offline-notice.tsx';
import { PinnedCoupon } from './products/pinned-coupon.tsx';
import { SpotlightCards } from './products/spotlight-cards.tsx';
import { ShopLink } from './shop-link.tsx';
import { PlayerView } from './stage/player-view.tsx';
import { ReactionButton } from './stage/reaction-button.tsx';
import { ViewerCount } from './stage/viewer-count.tsx';
import type { WatchData } from './watch-data.ts';

/** The picture fills the screen; everything else floats on it. Under a sheet the picture shrinks, and runs on. */
export function PhoneLayout({ data, player }: LayoutProps) {
  const { t } = useTranslation();
  const { feed, showId } = data;
  const sheetOpen = useCartView().kind !== 'closed';
  const ended = data.status === 'ended';
  return (
    <main className="fixed inset-0 overflow-hidden bg-stage text-on-stage">
      <div
        className={clsx(
          'absolute inset-x-0 top-0 overflow-hidden transition-[bottom] duration-(--motion-calm) ease-out',
          sheetOpen ? 'bottom-[min(66dvh,43rem)]' : 'bottom-0',
        )}
      >
        {ended ? (
          <EndedScreen showId={showId} title={data.title} coverUrl={data.coverUrl} reason={data.endReason} />
        ) : (
          <PlayerView
            player={player}
            feed={feed}
            top={<TopStart data={data} />}
            topEnd={(_video, quality) => (
              <>
                {data.merchantId !== undefined && (
                  <FollowButton merchantId={data.merchantId} look="star-glass" />
                )}
                <Leave quality={quality} />
              </>
            )}
          />
        )}
        {sheetOpen && (
          <div className="absolute inset-x-3 bottom-3">
            <MuteNotice feed={feed} />
          </div>
        )}
      </div>
      {!ended && (
        <div
          inert={sheetOpen}
          className={clsx(
            'absolute inset-x-0 bottom-0 flex flex-col gap-2 bg-linear-to-t from-stage/85 via-stage/40 to-transparent px-3 pt-16 transition-opacity duration-(--motion-quick)',
            'pointer-events-none pb-[max(0.75rem,var(--safe-bottom))] [&>*]:pointer-events-auto',
            sheetOpen && 'invisible opacity-0',
          )}
        >
          <div className="me-16">
            <ChatList feed={feed} place="stage" canOpen />
          </div>
          {data.isOffline && <OfflineNotice />}
          <div className="flex max-h-[46dvh] flex-col gap-2 overflow-y-auto overscroll-contain rounded-large empty:hidden">
            <PinnedCoupon feed={feed} />
            <SpotlightCards feed={feed} showId={showId} />
          </div>
          {!sheetOpen && <MuteNotice feed={feed} />}
          <ChatEntry feed={feed} showId={showId} place="stage">
            <ReactionButton showId={showId} place="stage" />
            <IconButton
              variant="glass"
              label={t('watch.products')}
              icon={<LayoutGrid className="size-5" />}
              onClick={() => showCart({ kind: 'products' })}
              data-testid="open-products"
            />
            <CartButton cart={data.cart} variant="glass" />
          </ChatEntry>
        </div>
      )}
    </main>
  );
}

function TopStart({ data }: { data: WatchData }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex items-center gap-1.5">
        {data.status === 'live' && <LiveBadge />}
        <ViewerCount feed={data.feed} tone="glass" />
      </div>
      <p className="truncate text-sm font-semibold drop-shadow-sm">
        <ShopLink data={data} />
      </p>
    </div>
  );
}

function Leave({ quality }: { quality: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <SettingsMenu variant="glass">{quality}</SettingsMenu>
      <Link
        to="/"
        aria-label={t('watch.leave')}
        title={t('watch.leave')}
        className="glass grid size-11 shrink-0 place-items-center rounded-full"
      >
        <X className="size-5" />
      </Link>
    </>
  );
}
