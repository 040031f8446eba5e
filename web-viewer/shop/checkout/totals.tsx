import type { Totals as TotalsData } from '@souk/protocol/http/buying';
import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { Skeleton } from '../../ui/skeleton.tsx';

/** What it all comes to. A skeleton of the same height until it is known. */
export function Totals({ totals }: { totals: TotalsData | undefined }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  if (totals === undefined) return <Skeleton className="h-26" />;
  const amount = (minor: number) => money(minor, totals.currency);
  const rows = [
    { label: t('shop.items'), value: amount(totals.itemsMinor) },
    {
      label: t('shop.shipping'),
      value: totals.shippingMinor === 0 ? t('shop.free') : amount(totals.shippingMinor),
    },
    { label: t('shop.total'), value: amount(totals.totalMinor), strong: true },
    { label: t('shop.tax'), value: amount(totals.taxMinor), faint: true },
  ];
  return (
    <dl className="flex flex-col gap-1 text-sm">
      {rows.map((row) => (
        <div
          key={row.label}
          className={clsx(
            'flex justify-between gap-4',
            row.strong === true && 'mt-1 border-t border-line pt-2 text-base font-bold',
            row.faint === true && 'text-text-muted',
          )}
        >
          <dt>{row.label}</dt>
          <dd className="figures">{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}
