import type { SaleId, ShowId } from '@souk/protocol/ids';
import { useTranslation } from 'react-i18next';
import { useLeaveWaitlist } from '../../../shop/waitlist/use-wait.ts';
import { Button } from '../../../ui/button.tsx';

/** Says what waiting means, and takes this person out of the line. */
export function LeaveWait({ showId, saleId }: { showId: ShowId; saleId: SaleId }) {
  const { t } = useTranslation();
  const leave = useLeaveWaitlist(showId);
  return (
    <div className="flex items-center gap-3 text-sm">
      <p className="min-w-0 flex-1 text-text-muted">{t('shop.waitNote')}</p>
      <Button
        variant="ghost"
        size="small"
        className="-me-2"
        data-testid="wait-leave"
        busy={leave.isPending}
        onClick={() => leave.mutate(saleId)}
      >
        {t('shop.waitLeave')}
      </Button>
    </div>
  );
}
