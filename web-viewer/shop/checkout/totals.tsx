import type { Totals as TotalsData } from '@souk/protocol/http/buying';
import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { Skeleton } from '../../ui/skeleton.tsx';

export interface TotalsProps {
  /** Undefined until they are known. */
  totals: TotalsData | undefined;
  /** The coupon that the discount comes from. */
  couponCode?: string | null | undefined;
  /** What is shown belongs to an older wish: new totals are on their way. */
  isStale?: boolean;
}

/** What it all comes to. A skeleton of the same height until it is known. */
export function Totals({ totals, couponCode, isStale = false }: TotalsProps) {
  const { t } = useTranslation();
  const { money } = useFormat();
  if (totals === undefined) return <Skeleton className="h-26" />;
  const amount = (minor: number) => money(minor, totals.currency);
  const { discountMinor, dutiesMinor } = totals;
  const discountLabel = couponCode
    ? t('shop.discountWith', { code: `\u2068${couponCode}\u2069` })
    : t('shop.discount');
  const rows = [
    { label: t('shop.items'), value: amount(totals.itemsMinor) },
    {
      label: t('shop.shipping'),
      value: totals.shippingMinor === 0 ? t('shop.free') : amount(totals.shippingMinor),
    },
    ...(dutiesMinor === 0 ? [] : [{ label: t('shop.duties'), value: amount(dutiesMinor) }]),
    ...(discountMinor === 0 ? [] : [{ label: discountLabel, value: amount(-discountMinor), isGain: true }]),
    { label: t('shop.total'), value: amount(totals.totalMinor), isStrong: true },
    { label: t('shop.tax'), value: amount(totals.taxMinor), isFaint: true },
  ];
  return (
    <dl
      data-testid="totals"
      aria-busy={isStale || undefined}
      className="flex flex-col gap-1 text-sm transition-opacity aria-busy:opacity-50"
    >
      {rows.map((row) => (
        <div
          key={row.label}
          className={clsx(
            'flex justify-between gap-4',
            'isGain' in row && 'text-success-text',
            'isStrong' in row && 'mt-1 border-t border-line pt-2 text-base font-bold',
            'isFaint' in row && 'text-text-muted',
          )}
        >
          <dt className="min-w-0 break-words">{row.label}</dt>
          <dd className="figures whitespace-nowrap">{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}
