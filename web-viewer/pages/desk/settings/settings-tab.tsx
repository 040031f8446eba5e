import type { SellingPolicy } from '@souk/protocol/http/desk';
import type { GuestPolicy } from '@souk/protocol/timeline/entries';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/session.ts';
import { Card } from '../../../ui/card.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { useDesk } from '../use-desk.ts';

/** How the shop deals with guests, and how it sells; each switch counts at once. */
export function SettingsTab() {
  const { t } = useTranslation();
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Section title={t('desk.policy')}>
        <Guests />
      </Section>
      <Section title={t('desk.selling')}>
        <Selling />
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="flex flex-col gap-4">
      <h2 className="text-base font-semibold">{title}</h2>
      {children}
    </Card>
  );
}

function Guests() {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const client = useQueryClient();
  const setting = useMutation({
    mutationFn: (policy: GuestPolicy) =>
      api.call('merchant:set-policy', { params: { merchantId: merchant.id }, body: policy }),
    onSettled: () => client.invalidateQueries({ queryKey: ['merchants'] }),
  });
  const policy = setting.isPending ? setting.variables : merchant.policy;
  return (
    <>
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
    </>
  );
}

function Selling() {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const client = useQueryClient();
  const setting = useMutation({
    mutationFn: (body: SellingPolicy) =>
      api.call('merchant:set-selling', { params: { merchantId: merchant.id }, body }),
    onSettled: () => client.invalidateQueries({ queryKey: ['merchants'] }),
  });
  const { couponsOnSalePrices } = setting.isPending ? setting.variables : merchant.selling;
  return (
    <>
      <Switch
        label={t('desk.couponsOnSalePrices')}
        hint={t('desk.couponsOnSalePricesHint')}
        checked={couponsOnSalePrices}
        onChange={(checked) => setting.mutate({ couponsOnSalePrices: checked })}
      />
      <ErrorMessage error={setting.error} />
    </>
  );
}
