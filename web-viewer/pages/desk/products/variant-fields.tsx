import { Boxes, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../i18n/use-format.ts';
import { Field } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { Faults } from '../field-faults.ts';
import { useDesk, useDeskLink } from '../use-desk.ts';
import { PartsField } from './parts-field.tsx';
import type { ProductFault } from './product-faults.ts';
import { labelOf, type VariantForm } from './product-form.ts';
import { ShippingFields } from './shipping-fields.tsx';

export interface VariantFieldsProps {
  variant: VariantForm;
  index: number;
  optionNames: readonly string[];
  faults: Faults<ProductFault>;
  onChange: (change: Partial<VariantForm>) => void;
  /** Undefined for the only one. */
  onRemove: (() => void) | undefined;
}

/** One variant: number, options and price at once, the rest folded up until it is needed. */
export function VariantFields(props: VariantFieldsProps) {
  const { variant, index, optionNames, faults, onChange, onRemove } = props;
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const name = variant.label.trim() || labelOf(variant.values) || t('catalog.variant', { place: index + 1 });
  const errorOf = (field: string): string | undefined => {
    const fault = faults[`variants.${index}.${field}`];
    return fault === undefined ? undefined : t(`catalog.faults.${fault}`);
  };
  const optionsError = errorOf('options');
  return (
    <fieldset
      data-testid="variant"
      className="flex flex-col gap-3 rounded-large border border-line bg-surface p-3 sm:p-4"
    >
      <div className="flex min-h-11 items-center gap-2">
        <legend className="contents">
          <span className="min-w-0 flex-1 truncate text-sm font-semibold">{name}</span>
        </legend>
        {variant.id !== undefined && <Available variant={variant} />}
        {onRemove !== undefined && (
          <IconButton
            variant="danger"
            label={t('catalog.removeVariant', { name })}
            icon={<Trash2 className="size-4" />}
            onClick={onRemove}
          />
        )}
      </div>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        <Field
          data-testid="variant-sku"
          label={t('catalog.sku')}
          dir="ltr"
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          value={variant.sku}
          error={errorOf('sku')}
          onChange={(event) => onChange({ sku: event.target.value })}
        />
        {optionNames.map((optionName, place) => (
          <Field
            // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place; names are being typed.
            key={place}
            data-testid="variant-option"
            label={optionName.trim() || t('catalog.optionName', { place: place + 1 })}
            maxLength={40}
            value={variant.values[place] ?? ''}
            error={place === 0 ? optionsError : undefined}
            onChange={(event) =>
              onChange({
                values: variant.values.map((value, other) => (other === place ? event.target.value : value)),
              })
            }
          />
        ))}
        <Field
          data-testid="variant-price"
          label={t('catalog.price')}
          inputMode="decimal"
          suffix={merchant.currency}
          value={variant.price}
          error={errorOf('priceMinor')}
          onChange={(event) => onChange({ price: event.target.value })}
        />
      </div>
      <ShippingFields variant={variant} errorOf={errorOf} onChange={onChange} />
      <PartsField
        parts={variant.parts}
        ownId={variant.id}
        errorOf={errorOf}
        onChange={(parts) => onChange({ parts })}
      />
    </fieldset>
  );
}

function Available({ variant }: { variant: VariantForm }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const link = useDeskLink();
  const text = t('catalog.available', { units: count(variant.available) });
  if (variant.parts.length > 0) return <span className="text-sm text-text-muted">{text}</span>;
  return (
    <Link
      to={link('stock', { q: variant.sku })}
      className="inline-flex min-h-11 items-center gap-1.5 rounded-small px-2 text-sm text-text-muted underline-offset-4 hover:text-text hover:underline"
    >
      <Boxes aria-hidden className="size-4" />
      {text}
    </Link>
  );
}
