import type { Movement, Stock } from '@souk/protocol/http/desk';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/session.ts';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { MoreButton } from '../../staff/more-button.tsx';
import { useDesk } from '../use-desk.ts';
import { withBalances } from './balances.ts';
import { MovementLine } from './movement-line.tsx';

/** Everything that the stock of a variant went through, newest first; the sums of it are the stock. */
export function Ledger({ item }: { item: Stock }) {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const figures = [item.onHand, item.reserved, item.allocated] as const;
  const pages = useInfiniteQuery({
    // Other figures mean other movements: both are looked at anew together.
    queryKey: ['stock', merchant.id, 'movements', item.variantId, ...figures],
    queryFn: ({ pageParam, signal }) =>
      api.call(
        'stock:movements',
        { params: { merchantId: merchant.id, variantId: item.variantId }, query: { before: pageParam } },
        { signal },
      ),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (present) => present,
  });
  const movements: readonly Movement[] = pages.data?.pages.flatMap((page) => page.movements) ?? [];
  return (
    <section aria-labelledby="ledger" className="flex flex-col gap-2">
      <h3 id="ledger" className="text-base font-semibold">
        {t('inventory.ledger')}
      </h3>
      <ErrorMessage error={pages.error} />
      {pages.data === undefined && !pages.isError && <Skeleton className="h-60 rounded-large" />}
      {pages.data !== undefined && movements.length === 0 && (
        <p className="text-sm text-text-muted">{t('inventory.noMovements')}</p>
      )}
      <ol className="flex flex-col divide-y divide-line">
        {withBalances(movements, item).map((line) => (
          <li key={line.movement.id}>
            <MovementLine line={line} />
          </li>
        ))}
      </ol>
      <MoreButton pages={pages} />
    </section>
  );
}
