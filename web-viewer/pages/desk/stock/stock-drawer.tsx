import type { Stock } from '@souk/protocol/http/desk';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { Drawer } from '../../../ui/drawer.tsx';
import { RollingNumber } from '../../../ui/rolling-number.tsx';
import { SheetBody } from '../../../ui/sheet.tsx';
import { ChangeStock } from './change-stock.tsx';
import { Ledger } from './ledger.tsx';
import { stockFigures } from './stock-row.tsx';

export interface StockDrawerProps {
  /** Undefined: closed. */
  item: Stock | undefined;
  onClose: () => void;
}

/** One variant: what is there, ways to change it, and everything that it went through. */
export function StockDrawer({ item, onClose }: StockDrawerProps) {
  // What was shown stays while the drawer slides out.
  const last = useRef(item);
  last.current = item ?? last.current;
  const shown = last.current;
  const label = shown?.variantLabel === '' ? '' : ` · ${shown?.variantLabel}`;
  return (
    <Drawer
      open={item !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={`${shown?.productTitle ?? ''}${label}`}
      description={<bdi>{shown?.sku}</bdi>}
    >
      {shown !== undefined && (
        <SheetBody className="flex flex-col gap-6" data-testid="stock-drawer">
          <Figures item={shown} />
          <ChangeStock key={shown.variantId} item={shown} />
          <Ledger item={shown} />
        </SheetBody>
      )}
    </Drawer>
  );
}

function Figures({ item }: { item: Stock }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  return (
    <dl className="grid grid-cols-4 gap-2">
      {stockFigures.map((name) => (
        <div key={name} className="flex flex-col-reverse justify-end">
          <dt className="text-xs text-text-muted">{t(`desk.figures.${name}`)}</dt>
          <dd className="text-xl font-semibold">
            <RollingNumber value={item[name]} format={count} data-testid={`figure-${name}`} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
