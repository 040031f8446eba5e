import type { Payouts } from '@souk/protocol/http/desk-payments';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ExternalLink, Landmark } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/session.ts';
import { Badge, type BadgeProps } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useDesk } from '../use-desk.ts';

const tones: Record<Payouts['status'], NonNullable<BadgeProps['tone']>> = {
  ready: 'success',
  missing: 'danger',
  incomplete: 'danger',
};

/** The account that the shop's money goes to, and the way to open it. */
export function PayoutCard() {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const payouts = useQuery({
    queryKey: ['payouts', merchant.id],
    queryFn: ({ signal }) => api.call('payouts:get', { params: { merchantId: merchant.id } }, { signal }),
  });
  if (payouts.isError) return <ErrorMessage error={payouts.error} />;
  if (payouts.data === undefined) return <Skeleton className="h-28 max-w-2xl rounded-large" />;
  const { mode, status } = payouts.data.payouts;
  return (
    <Card className="flex max-w-2xl flex-wrap items-start gap-4" data-testid="payouts" data-mode={mode}>
      <span
        aria-hidden
        className="grid size-11 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-text"
      >
        <Landmark className="size-5" />
      </span>
      <div className="flex min-w-60 flex-1 flex-col gap-3">
        <div className="flex flex-wrap items-center gap-2">
          <h2 className="text-base font-semibold">{t(`payouts.modes.${mode}`)}</h2>
          <Badge tone={tones[status]}>{t(`payouts.statuses.${status}`)}</Badge>
        </div>
        <p className="text-sm text-text-muted">
          {mode === 'platform' ? t('payouts.platformText') : t(`payouts.connectedText.${status}`)}
        </p>
        {mode === 'connected' && <Connect isReady={status === 'ready'} />}
      </div>
    </Card>
  );
}

function Connect({ isReady }: { isReady: boolean }) {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const connecting = useMutation({
    mutationFn: () => api.call('payouts:connect', { params: { merchantId: merchant.id } }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  return (
    <>
      <ErrorMessage error={connecting.error} />
      <Button
        variant={isReady ? 'outline' : 'accent'}
        className="self-start"
        data-testid="connect-payouts"
        busy={connecting.isPending}
        onClick={() => connecting.mutate()}
      >
        <ExternalLink aria-hidden className="size-4" />
        {isReady ? t('payouts.manage') : t('payouts.connect')}
      </Button>
    </>
  );
}
