import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import type { QuoteAnswer } from './ask-quote.ts';

/** Says that the total is another than the one before, before anything is paid. */
export function TotalChange({ answer }: { answer: QuoteAnswer }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const { changedFromMinor, quote } = answer;
  if (changedFromMinor === null) return null;
  const { totalMinor, currency } = quote.totals;
  return (
    <p
      role="status"
      data-testid="total-changed"
      className="flex animate-rise items-center gap-3 rounded-small bg-accent-soft px-3 py-2.5 text-sm"
    >
      <CircleAlert aria-hidden className="size-5 shrink-0 text-accent-text" />
      {t('shop.totalChanged', {
        before: money(changedFromMinor, currency),
        now: money(totalMinor, currency),
      })}
    </p>
  );
}
