import type { SizeMm } from '@souk/protocol/http/catalog';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../../../ui/field.tsx';
import { labelOf, type VariantForm } from './product-form.ts';

export interface ShippingFieldsProps {
  variant: VariantForm;
  errorOf: (field: string) => string | undefined;
  onChange: (change: Partial<VariantForm>) => void;
}

const sides = ['length', 'width', 'height'] as const satisfies readonly (keyof SizeMm)[];

/** Label, weight and size of the packed goods; folded up, since many shops never touch them. */
export function ShippingFields({ variant, errorOf, onChange }: ShippingFieldsProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const sizeError = errorOf('sizeMm');
  const hasFault = [sizeError, errorOf('weightGrams'), errorOf('label')].some((error) => error !== undefined);
  return (
    <details
      open={isOpen || hasFault}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group"
    >
      <summary className="flex min-h-11 w-fit cursor-pointer list-none items-center gap-1.5 rounded-small text-sm font-medium text-text-muted hover:text-text [&::-webkit-details-marker]:hidden">
        <ChevronDown aria-hidden className="size-4 transition-transform group-open:rotate-180" />
        {t('catalog.shipping')}
      </summary>
      <div className="grid grid-cols-3 items-start gap-3 pt-2 sm:grid-cols-5">
        <Field
          className="col-span-3 sm:col-span-5"
          label={t('catalog.label')}
          placeholder={labelOf(variant.values)}
          hint={t('catalog.labelHint')}
          maxLength={80}
          value={variant.label}
          error={errorOf('label')}
          onChange={(event) => onChange({ label: event.target.value })}
        />
        <Field
          className="col-span-3 sm:col-span-2"
          data-testid="variant-weight"
          label={t('catalog.weight')}
          inputMode="numeric"
          suffix={t('catalog.grams')}
          value={variant.weight}
          error={errorOf('weightGrams')}
          onChange={(event) => onChange({ weight: event.target.value })}
        />
        {sides.map((side) => (
          <Field
            key={side}
            label={t(`catalog.sides.${side}`)}
            inputMode="numeric"
            suffix={t('catalog.millimetres')}
            value={variant.size[side]}
            aria-invalid={sizeError === undefined ? undefined : true}
            onChange={(event) => onChange({ size: { ...variant.size, [side]: event.target.value } })}
          />
        ))}
        {sizeError !== undefined && (
          <p className="col-span-3 text-sm text-danger-text sm:col-span-5">{sizeError}</p>
        )}
      </div>
    </details>
  );
}
