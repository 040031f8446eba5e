import type { Role } from '@souk/protocol/roles';
import { LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { holdsRole, isGuest, renewSession, useSession, useSessionFault } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadFault } from '../../ui/load-fault.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

export interface StaffGateProps {
  roles: readonly Role[];
  children: ReactNode;
}

/** Shows a staff page to those who hold one of the roles, and to others the way in. The server checks anew. */
export function StaffGate({ roles, children }: StaffGateProps) {
  const session = useSession();
  const fault = useSessionFault();
  if (session === undefined) {
    return fault === undefined ? (
      <Skeleton className="m-6 h-96 rounded-large" />
    ) : (
      <LoadFault error={fault} className="m-6" onRetry={renewSession} />
    );
  }
  if (!holdsRole(session, ...roles)) return <NotStaff isLoggedIn={!isGuest(session)} />;
  return children;
}

/** The way in, for those who are not. */
export function NotStaff({ isLoggedIn }: { isLoggedIn: boolean }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <EmptyState
      icon={<LockKeyhole />}
      title={t('staff.gateTitle')}
      text={isLoggedIn ? t('staff.gateOtherAccount') : t('staff.gateLogIn')}
      code={isLoggedIn ? 'FORBIDDEN' : 'UNAUTHENTICATED'}
      action={
        <Button asChild variant="accent">
          <Link to={`/login?next=${encodeURIComponent(pathname)}`}>{t('common.logIn')}</Link>
        </Button>
      }
    />
  );
}
