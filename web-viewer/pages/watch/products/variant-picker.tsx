import type { VariantId } from '@souk/protocol/ids';
import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import type { Offer } from '../../../shop/offer.ts';

export interface VariantPickerProps {
  offer: Offer;
  onChoose: (variantId: VariantId) => void;
  className?: string;
}

/** Colour, size and the like; only words where there is nothing to choose. */
export function VariantPicker({ offer, onChoose, className }: VariantPickerProps) {
  const { t } = useTranslation();
  const { money } = useFormat();
  const { variants, currency } = offer.product;
  const hasOnePrice = new Set(variants.map(({ priceMinor }) => priceMinor)).size === 1;
  if (variants.length === 1) {
    return offer.variant.label === '' ? null : (
      <span className={clsx('truncate text-sm opacity-80', className)}>{offer.variant.label}</span>
    );
  }
  return (
    <select
      aria-label={t('shop.variant')}
      value={offer.variant.id}
      onChange={(event) => onChoose(event.target.value as VariantId)}
      className={clsx(
        'min-h-11 max-w-full cursor-pointer truncate rounded-small border border-current/25 bg-surface-raised px-2 text-sm text-text',
        className,
      )}
    >
      {variants.map((variant) => (
        <option key={variant.id} value={variant.id}>
          {hasOnePrice ? variant.label : `${variant.label} · ${money(variant.priceMinor, currency)}`}
        </option>
      ))}
    </select>
  );
}
