import type { Removed } from '@souk/protocol/commands/frames';
import { DoorOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { hub } from '../../api/hub.ts';
import { Button } from '../../ui/button.tsx';

export interface RemovedScreenProps {
  showId: string;
  reason: Removed['reason'];
}

/** Stands in the show's place for whoever was sent out: what happened, what stays, and what can be done. */
export function RemovedScreen({ showId, reason }: RemovedScreenProps) {
  const { t } = useTranslation();
  const mayComeBack = reason === 'disconnected';
  return (
    <main
      data-testid="removed"
      data-reason={reason}
      className="grid min-h-dvh place-items-center bg-surface p-6 text-text"
    >
      <div role="alert" className="flex max-w-md animate-rise flex-col items-center gap-3 text-center">
        <span className="grid size-16 place-items-center rounded-full bg-surface-hover">
          <DoorOpen aria-hidden className="size-7" />
        </span>
        <h1 className="text-2xl font-bold text-balance">
          {t(mayComeBack ? 'removed.sentOut' : 'removed.banned')}
        </h1>
        <p className="text-text-muted text-pretty">
          {t(mayComeBack ? 'removed.sentOutText' : 'removed.bannedText')}
        </p>
        <div className="mt-3 flex flex-wrap justify-center gap-3">
          {mayComeBack && (
            <Button variant="solid" size="large" data-testid="come-back" onClick={() => hub.comeBack(showId)}>
              {t('removed.comeBack')}
            </Button>
          )}
          <Button asChild variant={mayComeBack ? 'outline' : 'solid'} size="large">
            <Link to="/">{t('common.toLobby')}</Link>
          </Button>
          <Button asChild variant="outline" size="large">
            <Link to="/orders">{t('watch.toOrders')}</Link>
          </Button>
        </div>
      </div>
    </main>
  );
}
