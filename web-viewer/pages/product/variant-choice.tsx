import type { ProductCard } from '@souk/protocol/catalog';
import type { VariantId } from '@souk/protocol/ids';
import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';

export interface VariantChoiceProps {
  product: ProductCard;
  chosenId: VariantId;
  onChoose: (variantId: VariantId) => void;
}

/** Colour, size and the like, all in sight; what is sold out stays readable, struck through. */
export function VariantChoice({ product, chosenId, onChoose }: VariantChoiceProps) {
  const { t } = useTranslation();
  const [only] = product.variants;
  if (product.variants.length === 1) {
    return only === undefined || only.label === '' ? null : <p className="text-text-muted">{only.label}</p>;
  }
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-semibold">{t('store.choose')}</legend>
      <div className="flex flex-wrap gap-2">
        {product.variants.map((variant) => (
          <label
            key={variant.id}
            className={clsx(
              'inline-flex min-h-11 max-w-full cursor-pointer items-center rounded-small border px-3.5 text-sm transition-colors',
              'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-(--focus)',
              variant.id === chosenId
                ? 'border-accent bg-accent-soft font-semibold'
                : 'border-line-strong hover:bg-surface-hover',
              variant.available === 0 && 'text-text-muted line-through',
            )}
          >
            <input
              type="radio"
              name="variant"
              value={variant.id}
              checked={variant.id === chosenId}
              onChange={() => onChoose(variant.id)}
              aria-label={
                variant.available === 0 ? t('store.soldOutChoice', { label: variant.label }) : variant.label
              }
              className="sr-only"
            />
            <span className="truncate">{variant.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
