import { type OrderId, orderIdSchema } from '@souk/protocol/ids';
import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, Printer, ReceiptText } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { errorCodeOf } from '../../api/api-error.ts';
import { api } from '../../api/session.ts';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ReceiptSheet } from './receipt-sheet.tsx';

/** The receipt of an order that was paid, alone on its page, so that it prints as it stands. */
export function ReceiptPage() {
  const params = useParams();
  const orderId = orderIdSchema.safeParse(params['orderId']);
  return orderId.success ? <OneReceipt orderId={orderId.data} /> : <NotFoundPage code="ORDER_NOT_FOUND" />;
}

function OneReceipt({ orderId }: { orderId: OrderId }) {
  const { t } = useTranslation();
  const { data, error } = useQuery({
    queryKey: ['receipt', orderId],
    queryFn: ({ signal }) => api.call('order:receipt', { params: { orderId } }, { signal }),
  });
  const number = data?.receipt.number;
  useEffect(() => {
    document.title = number === undefined ? 'Souk' : t('orders.receiptNumber', { number });
  }, [number, t]);
  return (
    <main className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-6 pt-[max(1.5rem,var(--safe-top))] sm:px-8 print:max-w-none print:p-0">
      <nav className="flex items-center justify-between gap-3 print:hidden">
        <Button asChild variant="ghost" className="-ms-3">
          <Link to={`/orders/${orderId}`}>
            <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" />
            {t('common.back')}
          </Link>
        </Button>
        <Button variant="solid" disabled={data === undefined} onClick={() => window.print()}>
          <Printer aria-hidden className="size-4" />
          {t('orders.print')}
        </Button>
      </nav>
      {data !== undefined && <ReceiptSheet receipt={data.receipt} />}
      {data === undefined && error === null && <Skeleton className="h-120 rounded-large" />}
      {data === undefined && error !== null && <NoReceipt error={error} />}
    </main>
  );
}

function NoReceipt({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const code = errorCodeOf(error);
  if (code === 'ORDER_NOT_FOUND') return <NotFoundPage code="ORDER_NOT_FOUND" />;
  if (code !== 'INVALID_TRANSITION' && code !== 'NOT_FOUND') return <ErrorMessage error={error} />;
  return (
    <EmptyState
      icon={<ReceiptText />}
      title={t('orders.receipt')}
      text={t('orders.receiptMissing')}
      code={code}
    />
  );
}
