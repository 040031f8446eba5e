import type { ShowEndReason } from '@souk/protocol/states';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '../../ui/button.tsx';

const reasonTexts = {
  'ended-by-host': 'watch.endedByHost',
  'ended-by-moderator': 'watch.endedByModerator',
  'host-gone': 'watch.endedHostGone',
} as const satisfies Record<ShowEndReason, string>;

export interface EndedScreenProps {
  title: string;
  coverUrl: string | null;
  reason: ShowEndReason | null;
}

/** Stands in the picture's place once the show is over. */
export function EndedScreen({ title, coverUrl, reason }: EndedScreenProps) {
  const { t } = useTranslation();
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
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          <Button asChild variant="accent">
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
