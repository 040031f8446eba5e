import type { Order } from '@souk/protocol/http/buying';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/session.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { wasPaid } from '../../shop/order/refund-state.ts';
import { orderKey } from '../../shop/order/use-order.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';

/** Takes an order back before its parcel leaves; asks once, and says what becomes of the money. */
export function CancelOrder({ order }: { order: Order }) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const client = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const cancel = useMutation({
    mutationFn: () => api.call('order:cancel', { params: { orderId: order.id } }),
    onSuccess: (answer) => {
      client.setQueryData(orderKey(order.id), answer);
      setIsAsking(false);
    },
    // A refusal means that the order has gone on in the meantime.
    onError: () => client.invalidateQueries({ queryKey: orderKey(order.id) }),
  });
  const { totalMinor, currency } = order.totals;
  return (
    <>
      <Button variant="outline" data-testid="cancel-order" onClick={() => setIsAsking(true)}>
        {t('orders.cancel')}
      </Button>
      <Dialog
        open={isAsking}
        onOpenChange={setIsAsking}
        title={t('orders.cancelTitle')}
        description={
          wasPaid(order)
            ? t('orders.cancelPaid', { amount: money(totalMinor, currency) })
            : t('orders.cancelUnpaid')
        }
      >
        <ErrorMessage error={cancel.error} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="outline" onClick={() => setIsAsking(false)}>
            {t('orders.cancelNo')}
          </Button>
          <Button
            variant="danger"
            data-testid="cancel-confirm"
            busy={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            {t('orders.cancelYes')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
