import type { Stock } from '@souk/protocol/http/desk';
import { limits } from '@souk/protocol/limits';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/session.ts';
import { type Attempt, attemptFor } from '../../../shop/checkout/attempt.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Field } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { useDesk } from '../use-desk.ts';

type Way = 'receive' | 'adjust';

const MOST_UNITS = 1_000_000;

/** Takes delivered units in, or sets the count right by more or less. */
export function ChangeStock({ item }: { item: Stock }) {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const client = useQueryClient();
  const attempt = useRef<Attempt>(undefined);
  const [way, setWay] = useState<Way>('receive');
  const [units, setUnits] = useState('');
  const [reason, setReason] = useState('');
  const params = { merchantId: merchant.id, variantId: item.variantId };
  const changing = useMutation({
    mutationFn: (count: number) => {
      if (way === 'adjust') return api.call('stock:adjust', { params, body: { delta: count, reason } });
      const body = { quantity: count, reason };
      attempt.current = attemptFor(attempt.current, body);
      return api.call('stock:receive', { params, body }, { idempotencyKey: attempt.current.key });
    },
    onSuccess: () => {
      attempt.current = undefined;
      setUnits('');
      setReason('');
      showToast(t(way === 'receive' ? 'inventory.received' : 'inventory.adjusted'), { tone: 'success' });
      return Promise.all([
        client.invalidateQueries({ queryKey: ['stock', merchant.id] }),
        client.invalidateQueries({ queryKey: ['desk-products', merchant.id] }),
      ]);
    },
  });
  const wanted = readUnits(units, way);
  const isReady = wanted !== undefined && (way === 'receive' || reason.trim() !== '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) changing.mutate(wanted);
  };
  return (
    <Card>
      <form onSubmit={submit} noValidate className="flex flex-col gap-3">
        <Segmented<Way>
          label={t('inventory.change')}
          value={way}
          onChange={(next) => {
            setWay(next);
            changing.reset();
          }}
          options={[
            { value: 'receive', label: t('inventory.receive') },
            { value: 'adjust', label: t('inventory.adjust') },
          ]}
        />
        <div className="grid gap-3 sm:grid-cols-[8rem_1fr]">
          <Field
            data-testid="stock-units"
            label={t(way === 'receive' ? 'inventory.units' : 'inventory.delta')}
            inputMode={way === 'receive' ? 'numeric' : 'text'}
            placeholder={way === 'receive' ? '10' : '-2'}
            dir="ltr"
            value={units}
            onChange={(event) => setUnits(event.target.value)}
          />
          <Field
            data-testid="stock-reason"
            label={t(way === 'receive' ? 'inventory.note' : 'inventory.reason')}
            placeholder={t(way === 'receive' ? 'inventory.noteExample' : 'inventory.reasonExample')}
            maxLength={limits.reasonLength}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        <ErrorMessage error={changing.error} />
        <Button
          type="submit"
          variant="solid"
          data-testid="stock-submit"
          disabled={!isReady}
          busy={changing.isPending}
        >
          {t(way === 'receive' ? 'inventory.receive' : 'inventory.adjust')}
        </Button>
      </form>
    </Card>
  );
}

/** Undefined while it is no number that could be meant. */
function readUnits(text: string, way: Way): number | undefined {
  const units = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(units) || Math.abs(units) > MOST_UNITS) return undefined;
  if (way === 'receive') return units > 0 ? units : undefined;
  return units === 0 ? undefined : units;
}
