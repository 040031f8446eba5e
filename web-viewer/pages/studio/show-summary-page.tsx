import type { ShowSummary } from '@souk/protocol/http/shows';
import type { ShowId } from '@souk/protocol/ids';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatRemaining } from '../../i18n/formats.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StaffHeader } from '../staff/staff-header.tsx';
import { RecordingCard } from './broadcast/recording-card.tsx';
import { useSummary } from './use-summary.ts';

/** What the show brought, once it is over. */
export function ShowSummaryPage({ showId }: { showId: ShowId }) {
  const { t } = useTranslation();
  const summary = useSummary(showId, 'ended');
  return (
    <div className="min-h-dvh">
      <StaffHeader title={summary.data?.show.title ?? ''} />
      <main className="mx-auto flex max-w-4xl flex-col gap-6 px-4 py-8">
        <ErrorMessage error={summary.error} />
        {summary.data === undefined ? (
          <Skeleton className="h-96 rounded-large" />
        ) : (
          <Summary summary={summary.data} />
        )}
        <RecordingCard showId={showId} />
        <Button asChild variant="accent" className="self-start">
          <Link to="/studio">{t('studio.toStudio')}</Link>
        </Button>
      </main>
    </div>
  );
}

function Summary({ summary }: { summary: ShowSummary }) {
  const { t } = useTranslation();
  const { money, count } = useFormat();
  const { revenue, show } = summary;
  const figures = [
    { name: 'revenue', label: t('studio.revenue'), text: money(revenue.amountMinor, revenue.currency) },
    { name: 'units', label: t('studio.unitsSold'), text: count(summary.unitsSold) },
    { name: 'orders', label: t('studio.orders'), text: count(summary.orders) },
    { name: 'viewers', label: t('studio.viewers'), text: count(summary.viewers) },
    { name: 'peak-viewers', label: t('studio.peakViewers'), text: count(summary.peakViewers) },
    { name: 'messages', label: t('studio.messages'), text: count(summary.messages) },
  ];
  return (
    <section data-testid="show-summary" className="flex animate-rise flex-col gap-6">
      <header>
        <p className="text-sm text-text-muted">
          {show.endReason === null ? '' : t(`studio.ended.${show.endReason}`)}{' '}
          {t('studio.lasted', { time: formatRemaining(summary.durationMs) })}
        </p>
        <h2 className="text-2xl font-semibold">{t('studio.summaryTitle')}</h2>
      </header>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        {figures.map(({ name, label, text }) => (
          <Card key={name} className="flex flex-col-reverse">
            <dt className="text-sm text-text-muted">{label}</dt>
            <dd data-testid={`summary-${name}`} className="figures text-2xl font-semibold">
              {text}
            </dd>
          </Card>
        ))}
      </dl>
      {summary.products.length > 0 && <SoldProducts summary={summary} />}
    </section>
  );
}

function SoldProducts({ summary }: { summary: ShowSummary }) {
  const { t } = useTranslation();
  const { money, count } = useFormat();
  return (
    <table className="w-full overflow-hidden rounded-large border border-line bg-surface-raised text-sm">
      <caption className="sr-only">{t('studio.soldProducts')}</caption>
      <thead className="text-text-muted">
        <tr>
          <th className="px-4 py-3 text-start font-medium">{t('studio.product')}</th>
          <th className="px-4 py-3 text-end font-medium">{t('studio.unitsSold')}</th>
          <th className="px-4 py-3 text-end font-medium">{t('studio.revenue')}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line border-t border-line">
        {summary.products.map((product) => (
          <tr key={product.productId}>
            <td className="px-4 py-3 font-medium">{product.title}</td>
            <td className="figures px-4 py-3 text-end">{count(product.unitsSold)}</td>
            <td className="figures px-4 py-3 text-end">
              {money(product.revenueMinor, summary.revenue.currency)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
