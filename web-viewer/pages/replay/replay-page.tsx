import type { Replay } from '@souk/protocol/http/broadcast';
import type { ShowView } from '@souk/protocol/http/shows';
import { type ShowId, showIdSchema } from '@souk/protocol/ids';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { errorCodeOf } from '../../api/api-error.ts';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { LoadFault } from '../../ui/load-fault.tsx';
import { useMovable } from '../../ui/movable.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useIsWide } from '../../ui/use-media-query.ts';
import { EndedScreen } from '../watch/ended-screen.tsx';
import { useEndedShow } from '../watch/use-ended-show.ts';
import { ReplayDesktop } from './replay-desktop.tsx';
import { ReplayPhone } from './replay-phone.tsx';
import { ReplayVideo } from './replay-picture.tsx';
import { useReplay } from './use-replay.ts';
import { useReplayKeys } from './use-replay-keys.ts';

/** A show that is over, from its start to its end. */
export function ReplayPage() {
  const showId = showIdSchema.safeParse(useParams()['showId']);
  if (!showId.success) return <NotFoundPage code="SHOW_NOT_FOUND" />;
  return <ShowReplay key={showId.data} showId={showId.data} />;
}

function ShowReplay({ showId }: { showId: ShowId }) {
  const { t } = useTranslation();
  const view = useEndedShow(showId);
  const title = view.data?.show.title;
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · ${t('media.replay')} · Souk`;
  }, [title, t]);
  if (view.data === undefined) {
    if (errorCodeOf(view.error) === 'SHOW_NOT_FOUND') return <NotFoundPage code="SHOW_NOT_FOUND" />;
    if (!view.isError) return <Skeleton className="m-4 h-[80dvh] rounded-large" />;
    return <LoadFault error={view.error} className="m-6" onRetry={() => void view.refetch()} />;
  }
  const { show, replay } = view.data;
  if (replay === null) {
    return (
      <main className="fixed inset-0">
        <EndedScreen showId={showId} title={show.title} coverUrl={show.coverUrl} reason={show.endReason} />
      </main>
    );
  }
  return <Player view={view.data} replay={replay} />;
}

function Player({ view, replay }: { view: ShowView; replay: Replay }) {
  const video = useRef<HTMLVideoElement>(null);
  const data = useReplay(view, replay, video);
  const isWide = useIsWide();
  useReplayKeys(data.playback);
  const screen = useMovable();
  const Layout = isWide ? ReplayDesktop : ReplayPhone;
  return (
    <>
      <Layout view={view} replay={replay} data={data} video={video} screen={screen} />
      <ReplayVideo
        video={video}
        screen={screen}
        onClick={data.playback.toggle}
        fit={isWide ? 'contain' : 'cover'}
      />
    </>
  );
}
