import type { Replay } from '@souk/protocol/http/broadcast';
import type { ShowView } from '@souk/protocol/http/shows';
import { X } from 'lucide-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../i18n/use-format.ts';
import { Badge } from '../../ui/badge.tsx';
import { ChatList } from '../watch/chat/chat-list.tsx';
import { ReplayControls } from './replay-controls.tsx';
import { ReplayPicture } from './replay-picture.tsx';
import { ShownProduct } from './shown-product.tsx';
import type { ReplayData } from './use-replay.ts';

export interface ReplayLayoutProps {
  view: ShowView;
  replay: Replay;
  data: ReplayData;
  video: RefObject<HTMLVideoElement | null>;
  screen: HTMLElement;
}

/** As the live show was: the picture fills the screen, the chat and what was shown float on it, the controls below. */
export function ReplayPhone({ view, replay, data, video, screen }: ReplayLayoutProps) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { show } = view;
  return (
    <main className="fixed inset-0 overflow-hidden bg-stage text-on-stage">
      <ReplayPicture video={video} data={data} screen={screen} />
      <header className="pointer-events-none absolute inset-x-0 top-0 flex items-start gap-2 bg-linear-to-b from-stage/80 to-transparent px-3 pt-[calc(var(--safe-top)+0.5rem)] pb-10">
        <div className="min-w-0 flex-1">
          <Badge tone="glass" className="uppercase tracking-wide">
            {t('media.replay')}
          </Badge>
          <h1 dir="auto" className="truncate pt-1 [text-align:match-parent] text-sm font-semibold">
            {show.title}
          </h1>
          <p className="truncate text-xs text-on-stage-muted">
            <bdi>{show.merchantName}</bdi> · <bdi>{date(replay.startedAt)}</bdi>
          </p>
        </div>
        <Link
          to="/"
          aria-label={t('watch.leave')}
          title={t('watch.leave')}
          className="glass pointer-events-auto grid size-11 shrink-0 place-items-center rounded-full"
        >
          <X className="size-5" />
        </Link>
      </header>
      <div className="pointer-events-none absolute inset-x-0 bottom-0 flex flex-col gap-2 bg-linear-to-t from-stage/90 via-stage/55 to-transparent px-3 pt-16 pb-[max(0.5rem,var(--safe-bottom))] [&>*]:pointer-events-auto">
        <div className="me-16">
          <ChatList feed={data.feed} place="stage" emptyText={t('media.chatEmpty')} />
        </div>
        {data.shown.slice(0, 2).map(({ product, why }) => (
          <ShownProduct key={product.id} product={product} why={why} />
        ))}
        <div className="on-stage">
          <ReplayControls playback={data.playback} marks={data.chapters} />
        </div>
      </div>
    </main>
  );
}
