import type { ShowId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import type { SaleState } from '@souk/protocol/timeline/state';
import { clsx } from 'clsx';
import { ClockPlus, PackagePlus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatRemaining } from '../../i18n/formats.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage, ErrorNotice } from '../../ui/error-message.tsx';
import { inputClass } from '../../ui/field.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import type { SalePhase } from './open-sales.ts';
import { useSaleActions } from './use-sale-actions.ts';

/** How much longer a sale can last at one press, in seconds. */
const extensions = [30, 60, 300] as const;

export interface SaleActionsProps {
  sale: SaleState;
  phase: SalePhase;
  showId: ShowId;
}

/** More time, more units, or an end. */
export function SaleActions({ sale, phase, showId }: SaleActionsProps) {
  const { t } = useTranslation();
  const [isRestocking, setRestocking] = useState(false);
  const { extend, restock, stop } = useSaleActions(showId, sale.saleId);
  return (
    <>
      <div className="-ms-3 flex flex-wrap items-center">
        <Menu
          trigger={
            <Button size="small" variant="ghost" data-testid="sale-extend" busy={extend.isPending}>
              <ClockPlus aria-hidden className="size-4" />
              {t('studio.extend')}
            </Button>
          }
        >
          {extensions.map((seconds) => (
            <MenuItem key={seconds} data-testid={`extend-${seconds}`} onSelect={() => extend.mutate(seconds)}>
              <bdi dir="ltr" className="figures">
                +{formatRemaining(seconds * 1_000)}
              </bdi>
            </MenuItem>
          ))}
        </Menu>
        <Button
          size="small"
          variant="ghost"
          data-testid="sale-restock"
          aria-expanded={isRestocking}
          onClick={() => setRestocking(!isRestocking)}
        >
          <PackagePlus aria-hidden className="size-4" />
          {t('studio.restock')}
        </Button>
        <Button
          size="small"
          variant="ghost"
          data-testid="sale-stop"
          busy={stop.isPending}
          onClick={() => stop.mutate()}
        >
          {phase === 'running' ? t('studio.stopSale') : t('studio.takeBack')}
        </Button>
      </div>
      {isRestocking && (
        <RestockForm
          isBusy={restock.isPending}
          onUnits={(units) => restock.mutate(units, { onSuccess: () => setRestocking(false) })}
        />
      )}
      <ErrorMessage error={extend.error ?? restock.error ?? stop.error} className="w-full" />
    </>
  );
}

function RestockForm({ isBusy, onUnits }: { isBusy: boolean; onUnits: (units: number) => void }) {
  const { t } = useTranslation();
  const [units, setUnits] = useState('5');
  const [isUnreadable, setUnreadable] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const isReadable = /^[1-9]\d{0,9}$/.test(units.trim()) && Number(units) <= limits.saleUnits;
    setUnreadable(!isReadable);
    if (isReadable) onUnits(Number(units));
  };
  return (
    <form onSubmit={submit} noValidate className="flex w-full flex-wrap items-center justify-end gap-2">
      <input
        aria-label={t('studio.restockUnits')}
        data-testid="restock-units"
        inputMode="numeric"
        dir="ltr"
        // biome-ignore lint/a11y/noAutofocus: it was opened to be typed into.
        autoFocus
        value={units}
        onChange={(event) => setUnits(event.target.value)}
        className={clsx(inputClass, 'figures w-24!')}
      />
      <Button type="submit" variant="solid" data-testid="restock-submit" busy={isBusy}>
        {t('studio.addUnits')}
      </Button>
      {isUnreadable && <ErrorNotice code="INVALID_INPUT" className="w-full" />}
    </form>
  );
}
