import type { ReplayStatus } from '@souk/protocol/http/broadcast';
import type { ShowId } from '@souk/protocol/ids';
import type { ShowEndReason } from '@souk/protocol/states';
import { Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '../../ui/button.tsx';
import { useEndedShow } from './use-ended-show.ts';

const reasonTexts = {
  'ended-by-host': 'watch.endedByHost',
  'ended-by-moderator': 'watch.endedByModerator',
  'host-gone': 'watch.endedHostGone',
} as const satisfies Record<ShowEndReason, string>;

export interface EndedScreenProps {
  showId: ShowId;
  title: string;
  coverUrl: string | null;
  reason: ShowEndReason | null;
}

/** Stands in the picture's place once the show is over, and leads to its replay. */
export function EndedScreen({ showId, title, coverUrl, reason }: EndedScreenProps) {
  const { t } = useTranslation();
  const replayStatus = useEndedShow(showId).data?.replayStatus;
  const hasReplay = replayStatus === 'ready';
  return (
    <div
      data-testid="show-ended"
      className="on-stage absolute inset-0 grid place-items-center overflow-hidden bg-stage text-on-stage"
    >
      {coverUrl !== null && (
        <img
          src={coverUrl}
          alt=""
          className="absolute inset-0 size-full scale-110 object-cover opacity-35 blur-2xl"
        />
      )}
      <div className="relative flex max-w-sm animate-rise flex-col items-center gap-3 p-6 text-center">
        <p className="text-sm text-on-stage-muted">{title}</p>
        <h1 className="text-3xl font-bold">{t('watch.endedTitle')}</h1>
        <p className="text-on-stage-muted">{t(reasonTexts[reason ?? 'ended-by-host'])}</p>
        <ReplayWords status={replayStatus} />
        {hasReplay && (
          <Button asChild variant="accent" size="large" className="mt-2">
            <Link to={`/watch/${showId}/replay`} data-testid="watch-replay">
              <Play aria-hidden className="size-5 fill-current" />
              {t('media.watchReplay')}
            </Link>
          </Button>
        )}
        <div className="mt-2 flex flex-wrap justify-center gap-2">
          <Button asChild variant={hasReplay ? 'outline' : 'accent'}>
            <Link to="/">{t('common.toLobby')}</Link>
          </Button>
          <Button asChild variant="outline">
            <Link to="/orders">{t('watch.toOrders')}</Link>
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Says what there is of a replay; a show that was never recorded promises none. */
function ReplayWords({ status }: { status: ReplayStatus | undefined }) {
  const { t } = useTranslation();
  if (status !== 'preparing' && status !== 'removed') return null;
  return (
    <p role="status" data-testid="replay-status" data-status={status} className="text-sm text-on-stage-muted">
      {status === 'preparing' ? t('media.replayComing') : t('media.noReplay')}
    </p>
  );
}
