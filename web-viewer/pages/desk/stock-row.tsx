import type { Stock } from '@souk/protocol/http/desk';
import type { MerchantId } from '@souk/protocol/ids';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/session.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { inputClass } from '../../ui/field.tsx';
import { RollingNumber } from '../../ui/rolling-number.tsx';

export interface StockRowProps {
  item: Stock;
  merchantId: MerchantId;
}

/** One variant: what is there, and a field that adds units or takes some off. */
export function StockRow({ item, merchantId }: StockRowProps) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const client = useQueryClient();
  const [delta, setDelta] = useState('');
  const adjusting = useMutation({
    mutationFn: (units: number) =>
      api.call('stock:adjust', {
        params: { merchantId, variantId: item.variantId },
        body: { delta: units, reason: t(units > 0 ? 'desk.reasonAdded' : 'desk.reasonTaken') },
      }),
    onSuccess: () => {
      setDelta('');
      return client.invalidateQueries({ queryKey: ['stock', merchantId] });
    },
  });
  const units = Number(delta);
  const isUsable = delta.trim() !== '' && Number.isSafeInteger(units) && units !== 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isUsable) adjusting.mutate(units);
  };
  const name = `${item.productTitle} ${item.variantLabel}`.trim();
  return (
    <tr data-testid="stock-row" data-variant-id={item.variantId}>
      <td className="px-4 py-2">
        <span className="flex items-center gap-3">
          <img
            src={item.pictureUrl}
            alt=""
            className="size-10 rounded-small bg-surface-sunken object-cover"
          />
          <span className="min-w-0">
            <span className="block font-medium">{item.productTitle}</span>
            <span className="block text-text-muted">
              {item.variantLabel} <bdi className="text-xs">{item.sku}</bdi>
            </span>
          </span>
        </span>
      </td>
      <td className={clsx('px-3 py-2 text-end font-semibold', item.available === 0 && 'text-danger-text')}>
        <RollingNumber value={item.available} format={count} data-testid="stock-available" />
      </td>
      {[
        ['on-hand', item.onHand],
        ['reserved', item.reserved],
        ['allocated', item.allocated],
      ].map(([key, value]) => (
        <td key={key} className="figures px-3 py-2 text-end text-text-muted">
          {count(Number(value))}
        </td>
      ))}
      <td className="px-4 py-2">
        <form onSubmit={submit} className="flex items-center justify-end gap-2">
          <input
            data-testid="stock-delta"
            aria-label={t('desk.changeOf', { name })}
            inputMode="numeric"
            placeholder="+10"
            dir="ltr"
            value={delta}
            onChange={(event) => setDelta(event.target.value)}
            className={clsx(inputClass, 'figures w-20! text-end')}
          />
          <Button
            type="submit"
            size="small"
            data-testid="stock-submit"
            disabled={!isUsable}
            busy={adjusting.isPending}
          >
            {t('desk.apply')}
          </Button>
        </form>
        <ErrorMessage error={adjusting.error} className="mt-2" />
      </td>
    </tr>
  );
}
