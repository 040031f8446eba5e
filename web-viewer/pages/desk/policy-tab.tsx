import type { Merchant } from '@souk/protocol/http/desk';
import type { GuestPolicy } from '@souk/protocol/timeline/entries';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/session.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Switch } from '../../ui/switch.tsx';

/** Whether people without an account may chat and buy; each switch counts at once. */
export function PolicyTab({ merchant }: { merchant: Merchant }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const setting = useMutation({
    mutationFn: (policy: GuestPolicy) =>
      api.call('merchant:set-policy', { params: { merchantId: merchant.id }, body: policy }),
    onSettled: () => client.invalidateQueries({ queryKey: ['merchants'] }),
  });
  const policy = setting.isPending ? setting.variables : merchant.policy;
  return (
    <Card className="flex max-w-xl flex-col gap-4">
      <Switch
        label={t('desk.guestsMayChat')}
        hint={t('desk.guestsMayChatHint')}
        checked={policy.guestsMayChat}
        onChange={(guestsMayChat) => setting.mutate({ ...policy, guestsMayChat })}
      />
      <Switch
        label={t('desk.guestsMayBuy')}
        hint={t('desk.guestsMayBuyHint')}
        checked={policy.guestsMayBuy}
        onChange={(guestsMayBuy) => setting.mutate({ ...policy, guestsMayBuy })}
      />
      <ErrorMessage error={setting.error} />
    </Card>
  );
}
