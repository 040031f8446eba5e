import { clsx } from 'clsx';
import { Gauge, Maximize2, Minimize2, PictureInPicture2 } from 'lucide-react';
import { type ReactNode, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountMenu } from '../../app/account-menu.tsx';
import { SettingsMenu } from '../../app/settings-menu.tsx';
import { Wordmark } from '../../app/wordmark.tsx';
import { FollowButton } from '../../shop/follow/follow-button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { LiveBadge } from '../../ui/live-badge.tsx';
import { Menu } from '../../ui/menu.tsx';
import { CartButton } from './cart-button.tsx';
import { ChatEntry } from './chat/chat-entry.tsx';
import { ChatList } from './chat/chat-list.tsx';
import { MuteNotice } from './chat/mute-notice.tsx';
import { EndedScreen } from './ended-screen.tsx';
import { OfflineNotice } from './offline-notice.tsx';
import { PinnedCoupon } from './products/pinned-coupon.tsx';
import { ProductList } from './products/product-list.tsx';
import { SpotlightCards } from './products/spotlight-cards.tsx';
import { ShopLink } from './shop-link.tsx';
import { PlayerView } from './stage/player-view.tsx';
import { ReactionButton } from './stage/reaction-button.tsx';
import type { Player } from './stage/use-player.ts';
import { ViewerCount } from './stage/viewer-count.tsx';
import type { WatchData } from './watch-data.ts';

export interface LayoutProps {
  data: WatchData;
  player: Player;
}

/** Three columns: products, the picture with the buy card under it, chat. Theatre leaves only the middle. */
export function DesktopLayout({ data, player }: LayoutProps) {
  const { t } = useTranslation();
  const [theatre, setTheatre] = useState(false);
  const { feed, showId } = data;
  const columnClass = clsx('flex min-h-0 flex-col', theatre && 'hidden');
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex min-h-16 items-center gap-4 border-b border-line px-6">
        <Wordmark />
        <div className="min-w-0 flex-1 ps-2">
          <h1 className="truncate text-base font-semibold">{data.title}</h1>
          <p className="truncate text-sm text-text-muted">
            <ShopLink data={data} /> · {t('watch.hostedBy', { host: data.hostName })}
          </p>
        </div>
        {data.isOffline && <OfflineNotice />}
        {data.merchantId !== undefined && <FollowButton merchantId={data.merchantId} look="star" />}
        <CartButton cart={data.cart} variant="soft" />
        <SettingsMenu />
        <AccountMenu />
      </header>
      <main
        className={clsx(
          'grid min-h-0 flex-1',
          theatre
            ? 'grid-cols-1'
            : 'grid-cols-[19rem_minmax(0,1fr)_21rem] xl:grid-cols-[22rem_minmax(0,1fr)_24rem]',
        )}
      >
        <section aria-label={t('watch.products')} className={clsx(columnClass, 'border-e border-line')}>
          <h2 className="px-5 pt-4 pb-2 text-base font-semibold">{t('watch.products')}</h2>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pb-4">
            <div className="mb-2 empty:hidden">
              <PinnedCoupon feed={feed} />
            </div>
            <ProductList feed={feed} showId={showId} />
          </div>
        </section>
        <section
          className={clsx('flex min-h-0 min-w-0 flex-col gap-4 bg-surface-sunken', theatre ? 'p-4' : 'p-5')}
        >
          <div className="relative min-h-0 flex-1 overflow-hidden rounded-large bg-stage text-on-stage">
            {data.status === 'ended' ? (
              <EndedScreen
                showId={showId}
                title={data.title}
                coverUrl={data.coverUrl}
                reason={data.endReason}
              />
            ) : (
              <PlayerView
                player={player}
                feed={feed}
                top={<TopStart data={data} />}
                topEnd={(video, quality) => (
                  <PictureButtons video={video} quality={quality} theatre={theatre} onTheatre={setTheatre} />
                )}
              />
            )}
          </div>
          {/* However many there are, more than half of the height is the picture's. */}
          <div className="mx-auto flex max-h-[48%] w-full max-w-3xl shrink-0 flex-col gap-3 overflow-y-auto overscroll-contain rounded-large">
            <SpotlightCards feed={feed} showId={showId} />
          </div>
        </section>
        <section aria-label={t('watch.chat')} className={clsx(columnClass, 'border-s border-line')}>
          <h2 className="px-5 pt-4 pb-1 text-base font-semibold">{t('watch.chat')}</h2>
          <ChatList feed={feed} place="column" canOpen />
          <div className="flex flex-col gap-2 border-t border-line p-3">
            <MuteNotice feed={feed} />
            <ChatEntry feed={feed} showId={showId} place="column">
              <ReactionButton showId={showId} place="column" />
            </ChatEntry>
          </div>
        </section>
      </main>
    </div>
  );
}

function TopStart({ data }: { data: WatchData }) {
  return (
    <>
      {data.status === 'live' && <LiveBadge />}
      <ViewerCount feed={data.feed} tone="glass" />
    </>
  );
}

interface PictureButtonsProps {
  video: RefObject<HTMLVideoElement | null>;
  quality: ReactNode;
  theatre: boolean;
  onTheatre: (theatre: boolean) => void;
}

function PictureButtons({ video, quality, theatre, onTheatre }: PictureButtonsProps) {
  const { t } = useTranslation();
  // Without a picture there is nothing to take out; the browser then says no, and nothing is lost.
  const takeOut = () => void video.current?.requestPictureInPicture().catch(() => undefined);
  return (
    <>
      <Menu
        trigger={
          <IconButton
            variant="glass"
            data-testid="quality"
            label={t('media.quality')}
            icon={<Gauge className="size-5" />}
          />
        }
      >
        {quality}
      </Menu>
      {document.pictureInPictureEnabled && (
        <IconButton
          variant="glass"
          label={t('watch.pictureInPicture')}
          icon={<PictureInPicture2 className="size-5" />}
          onClick={takeOut}
        />
      )}
      <IconButton
        variant="glass"
        label={theatre ? t('watch.theatreEnd') : t('watch.theatre')}
        icon={theatre ? <Minimize2 className="size-5" /> : <Maximize2 className="size-5" />}
        onClick={() => onTheatre(!theatre)}
      />
    </>
  );
}
