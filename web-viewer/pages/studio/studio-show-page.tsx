import { type ShowId, showIdSchema } from '@souk/protocol/ids';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useFeed, useShowFeed } from '../../api/hub.ts';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { laterStatus } from '../staff/show-status.ts';
import { StaffGate } from '../staff/staff-gate.tsx';
import { useShowView } from '../staff/use-show-view.ts';
import { ShowSummaryPage } from './show-summary-page.tsx';
import { StudioDesk } from './studio-desk.tsx';

/** The studio of one show: the desk before and during the show, the summary after it. */
export function StudioShowPage() {
  const showId = showIdSchema.safeParse(useParams()['showId']);
  if (!showId.success) return <NotFoundPage code="SHOW_NOT_FOUND" />;
  return (
    <StaffGate roles={['host', 'merchant', 'admin']}>
      <ShowStudio key={showId.data} showId={showId.data} />
    </StaffGate>
  );
}

function ShowStudio({ showId }: { showId: ShowId }) {
  const { t } = useTranslation();
  const view = useShowView(showId);
  const feed = useShowFeed(showId);
  const liveStatus = useFeed(feed, (state) => state.show.status);
  if (view.data === undefined) {
    if (!view.isError) return <StudioSkeleton />;
    return (
      <ErrorMessage
        error={view.error}
        className="m-6"
        action={
          <Button size="small" onClick={() => view.refetch()}>
            {t('common.retry')}
          </Button>
        }
      />
    );
  }
  const status = laterStatus(view.data.show.status, liveStatus);
  if (status === 'ended') return <ShowSummaryPage showId={showId} />;
  return <StudioDesk view={view.data} feed={feed} isOnAir={status === 'live'} />;
}

function StudioSkeleton() {
  return (
    <div className="grid gap-4 p-4 pt-18 lg:h-dvh lg:grid-cols-[22rem_1fr_22rem]">
      <Skeleton className="aspect-video rounded-large lg:h-auto" />
      <Skeleton className="h-80 rounded-large lg:h-full" />
      <Skeleton className="h-80 rounded-large lg:h-full" />
    </div>
  );
}
