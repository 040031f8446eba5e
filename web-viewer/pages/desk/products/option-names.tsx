import { limits } from '@souk/protocol/limits';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { VariantForm } from './product-form.ts';
import type { ProductEditing } from './use-product-editor.ts';

/** By what the variants differ, for example colour and size: each name is a field of every variant. */
export function OptionNames({ editing }: { editing: ProductEditing }) {
  const { t } = useTranslation();
  const { form, faults, change } = editing;
  const { optionNames, variants } = form;
  const withValues = (valuesOf: (variant: VariantForm) => readonly string[]): VariantForm[] =>
    variants.map((variant) => ({ ...variant, values: valuesOf(variant) }));
  const add = (): void =>
    change({
      optionNames: [...optionNames, ''],
      variants: withValues(({ values }) => [...values, '']),
    });
  const remove = (index: number): void =>
    change({
      optionNames: optionNames.filter((_, place) => place !== index),
      variants: withValues(({ values }) => values.filter((_, place) => place !== index)),
    });
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="text-base font-semibold">{t('catalog.options')}</legend>
      <p className="text-sm text-text-muted">{t('catalog.optionsHint')}</p>
      <div className="flex flex-wrap items-start gap-2">
        {optionNames.map((name, index) => {
          const fault = faults[`optionNames.${index}`];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place; names are being typed.
            <div key={index} className="flex items-start gap-1">
              <Field
                className="w-40 [&>label]:sr-only"
                label={t('catalog.optionName', { place: index + 1 })}
                placeholder={t('catalog.optionExample')}
                data-testid="option-name"
                maxLength={40}
                value={name}
                error={fault === undefined ? undefined : t(`catalog.faults.${fault}`)}
                onChange={(event) =>
                  change({
                    optionNames: optionNames.map((other, place) =>
                      place === index ? event.target.value : other,
                    ),
                  })
                }
              />
              <IconButton
                label={t('catalog.removeOption', { name })}
                icon={<X className="size-4" />}
                onClick={() => remove(index)}
              />
            </div>
          );
        })}
        {optionNames.length < limits.optionsPerVariant && (
          <Button variant="outline" data-testid="add-option" onClick={add}>
            <Plus aria-hidden className="size-4" />
            {t('catalog.addOption')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
