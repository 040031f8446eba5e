import type { MediaTicket } from '@souk/protocol/http/media';
import { useMutation } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { Activity } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { NO_MEDIA_PATH } from '../../../media/connected.ts';
import type { RefreshTicket } from '../../../media/media-ticket.ts';
import type { NetworkMeasure, NetworkVerdict } from '../../../media/publish/network-check.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { megabits, percent } from '../health-line.tsx';

export interface NetworkCheckProps {
  ticket: MediaTicket | null;
  refreshTicket: RefreshTicket;
}

/** Sends a test picture the way the camera will go, and says in one sentence how that went. */
export function NetworkCheck({ ticket, refreshTicket }: NetworkCheckProps) {
  const { t } = useTranslation();
  const abort = useRef<AbortController>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const checking = useMutation({
    mutationFn: async (present: MediaTicket) => {
      abort.current = new AbortController();
      const { checkNetwork } = await import('../../../media/publish/check-network.ts');
      return checkNetwork(present, refreshTicket, abort.current.signal);
    },
  });
  return (
    <section aria-label={t('broadcast.check')} className="flex flex-col gap-2">
      {checking.data !== undefined && !checking.isPending && <Verdict measure={checking.data} />}
      {isBlocked(checking.error) ? (
        <p role="alert" className="text-sm font-medium text-danger-text">
          {t('broadcast.blocked')}
        </p>
      ) : (
        <ErrorMessage error={checking.error} />
      )}
      <div className="flex flex-col items-start gap-1">
        <Button
          size="small"
          variant="outline"
          data-testid="check-network"
          disabled={ticket === null}
          busy={checking.isPending}
          onClick={() => ticket !== null && checking.mutate(ticket)}
        >
          <Activity aria-hidden className="size-4" />
          {checking.isPending
            ? t('broadcast.checking')
            : checking.data === undefined
              ? t('broadcast.check')
              : t('broadcast.checkAgain')}
        </Button>
        {checking.data === undefined && <p className="text-xs text-text-muted">{t('broadcast.checkText')}</p>}
      </div>
    </section>
  );
}

const dots = {
  good: 'bg-success',
  fair: 'bg-accent',
  cpu: 'bg-accent',
  poor: 'bg-danger',
  lossy: 'bg-danger',
} as const satisfies Record<NetworkVerdict, string>;

function Verdict({ measure }: { measure: NetworkMeasure }) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const { verdict, roundTripMs } = measure;
  const figures = {
    mbps: megabits(measure.upwardsBps, locale),
    loss: percent(measure.lossRatio, locale),
  };
  return (
    <div role="status" data-testid="network-verdict" data-verdict={verdict} className="flex gap-2 text-sm">
      <span aria-hidden className={clsx('mt-1.5 size-2.5 shrink-0 rounded-full', dots[verdict])} />
      <p>
        {t(`broadcast.verdicts.${verdict}`)}
        <span className="figures block text-xs text-text-muted">
          {roundTripMs === null
            ? t('broadcast.measuredNoTrip', figures)
            : t('broadcast.measured', { ...figures, ms: roundTripMs })}
        </span>
      </p>
    </div>
  );
}

function isBlocked(error: unknown): boolean {
  return error instanceof Error && error.message === NO_MEDIA_PATH;
}
