import type { Totals } from '@souk/protocol/http/buying';
import { Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../ui/button.tsx';

export interface PayButtonProps {
  totals: Totals;
  busy: boolean;
  disabled?: boolean;
}

/** The press that pays; it says how much. */
export function PayButton({ totals, busy, disabled = false }: PayButtonProps) {
  const { t } = useTranslation();
  const { money } = useFormat();
  return (
    <Button
      type="submit"
      variant="accent"
      size="large"
      className="w-full"
      data-testid="pay-now"
      busy={busy}
      disabled={disabled}
    >
      <Lock aria-hidden className="size-4" />
      {busy ? t('shop.paying') : t('shop.pay', { amount: money(totals.totalMinor, totals.currency) })}
    </Button>
  );
}
