import { useTranslation } from 'react-i18next';
import { AccountMenu } from '../../app/account-menu.tsx';
import { SettingsMenu } from '../../app/settings-menu.tsx';
import { Wordmark } from '../../app/wordmark.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Badge } from '../../ui/badge.tsx';
import { ChatList } from '../watch/chat/chat-list.tsx';
import { Chapters } from './chapters.tsx';
import { ReplayControls } from './replay-controls.tsx';
import type { ReplayLayoutProps } from './replay-phone.tsx';
import { ReplayPicture } from './replay-picture.tsx';
import { ShownProduct } from './shown-product.tsx';

/** Three columns, as the live show had them: what was shown, the picture with its controls, the chat of the moment. */
export function ReplayDesktop({ view, replay, data, video, screen }: ReplayLayoutProps) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { show } = view;
  const { playback, chapters } = data;
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex min-h-16 items-center gap-4 border-b border-line px-6">
        <Wordmark />
        <div className="min-w-0 flex-1 ps-2">
          <h1 dir="auto" className="truncate text-base [text-align:match-parent] font-semibold">
            {show.title}
          </h1>
          <p className="truncate text-sm text-text-muted">
            <bdi>{show.merchantName}</bdi> · {t('watch.hostedBy', { host: show.hostName })} ·{' '}
            {t('media.recordedOn', { date: date(replay.startedAt) })}
          </p>
        </div>
        <Badge tone="accent">{t('media.replay')}</Badge>
        <SettingsMenu />
        <AccountMenu />
      </header>
      <main className="grid min-h-0 flex-1 grid-cols-[19rem_minmax(0,1fr)_21rem] xl:grid-cols-[22rem_minmax(0,1fr)_24rem]">
        <section aria-label={t('media.shownLater')} className="flex min-h-0 flex-col border-e border-line">
          <h2 className="px-5 pt-4 pb-2 text-base font-semibold">{t('media.shownLater')}</h2>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pb-4">
            <Chapters chapters={chapters} seconds={playback.seconds} onSeek={playback.seek} />
            {chapters.length === 0 && (
              <p className="px-2 text-sm text-text-muted">{t('watch.productsEmpty')}</p>
            )}
          </div>
        </section>
        <section className="flex min-h-0 min-w-0 flex-col gap-4 bg-surface-sunken p-5">
          <div className="on-stage flex min-h-0 flex-1 flex-col overflow-hidden rounded-large bg-stage text-on-stage">
            <div className="relative min-h-0 flex-1 overflow-hidden">
              <ReplayPicture video={video} data={data} screen={screen} />
            </div>
            <div className="px-3 pb-1">
              <ReplayControls playback={playback} marks={chapters} />
            </div>
          </div>
          {/* Its place is kept, so that the picture does not jump when something is pinned. */}
          <div className="mx-auto flex min-h-22 w-full max-w-3xl shrink-0 flex-col gap-3">
            {data.shown.slice(0, 2).map(({ product, why }) => (
              <ShownProduct key={product.id} product={product} why={why} />
            ))}
          </div>
        </section>
        <section aria-label={t('watch.chat')} className="flex min-h-0 flex-col border-s border-line">
          <h2 className="px-5 pt-4 pb-1 text-base font-semibold">{t('watch.chat')}</h2>
          <ChatList feed={data.feed} place="column" emptyText={t('media.chatEmpty')} />
        </section>
      </main>
    </div>
  );
}
