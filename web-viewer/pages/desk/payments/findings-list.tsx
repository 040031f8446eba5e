import type { Finding } from '@souk/protocol/http/desk-payments';
import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../../api/session.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { Badge } from '../../../ui/badge.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Price } from '../../../ui/price.tsx';
import { ListSkeleton } from '../list-skeleton.tsx';
import { useDesk, useDeskLink } from '../use-desk.ts';

const REFRESH_MS = 30_000;

/** What the reconciliation found, those that a person must look at on top. */
export function FindingsList() {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const findings = useQuery({
    queryKey: ['findings', merchant.id],
    queryFn: ({ signal }) => api.call('desk:findings', { params: { merchantId: merchant.id } }, { signal }),
    refetchInterval: REFRESH_MS,
  });
  if (findings.isError) return <ErrorMessage error={findings.error} />;
  if (findings.data === undefined) return <ListSkeleton />;
  const list = findings.data.findings;
  if (list.length === 0)
    return <EmptyState icon={<ShieldCheck />} title={t('payouts.agree')} text={t('payouts.agreeText')} />;
  const open = list.filter(({ status }) => status === 'open');
  const mended = list.filter(({ status }) => status === 'mended');
  return (
    <ul className="flex flex-col gap-2">
      {[...open, ...mended].map((finding) => (
        <li key={finding.id}>
          <FindingCard finding={finding} />
        </li>
      ))}
    </ul>
  );
}

function FindingCard({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const link = useDeskLink();
  return (
    <article
      data-testid="finding"
      data-kind={finding.kind}
      data-status={finding.status}
      className="flex flex-col gap-1 rounded-large border border-line bg-surface-raised px-4 py-3 text-sm"
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={finding.status === 'open' ? 'danger' : 'success'}>
          {t(`payouts.findingStatuses.${finding.status}`)}
        </Badge>
        <h3 className="min-w-0 flex-1 font-semibold">{t(`payouts.kinds.${finding.kind}`)}</h3>
        <Price amountMinor={finding.amountMinor} currency={finding.currency} />
      </header>
      <p>
        <bdi>{finding.detail}</bdi>
      </p>
      <p className="flex flex-wrap gap-x-3 text-xs text-text-muted">
        <span>{date(finding.foundAt)}</span>
        {finding.orderId !== null && (
          <Link
            to={{ ...link('orders'), hash: finding.orderId }}
            className="underline underline-offset-2 hover:text-text"
          >
            <bdi>{finding.orderId}</bdi>
          </Link>
        )}
        <bdi className="break-all">{finding.gatewayRef}</bdi>
      </p>
    </article>
  );
}
