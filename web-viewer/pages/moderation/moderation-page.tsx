import { type ShowId, showIdSchema } from '@souk/protocol/ids';
import { useParams } from 'react-router';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StaffGate } from '../staff/staff-gate.tsx';
import { useShowView } from '../staff/use-show-view.ts';
import { Console } from './console.tsx';
import { NotModerator } from './not-moderator.tsx';

const staff = ['moderator', 'host', 'merchant', 'admin'];

/** Where a show's moderators keep order. */
export function ModerationPage() {
  const showId = showIdSchema.safeParse(useParams()['showId']);
  if (!showId.success) return <NotFoundPage code="SHOW_NOT_FOUND" />;
  return (
    <StaffGate roles={['viewer', 'moderator', 'host', 'merchant', 'admin']}>
      <ShowConsole key={showId.data} showId={showId.data} />
    </StaffGate>
  );
}

function ShowConsole({ showId }: { showId: ShowId }) {
  const view = useShowView(showId);
  if (view.isError && view.data === undefined) return <ErrorMessage error={view.error} className="m-6" />;
  if (view.data === undefined) return <Skeleton className="m-4 h-[calc(100dvh-2rem)] rounded-large" />;
  if (!view.data.myRoles.some((role) => staff.includes(role))) return <NotModerator showId={showId} />;
  return <Console show={view.data.show} />;
}
