import { limits } from '@souk/protocol/limits';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { nextVariant, type VariantForm } from './product-form.ts';
import type { ProductEditing } from './use-product-editor.ts';
import { VariantFields } from './variant-fields.tsx';

/** The variants of a product, each with its own fields. */
export function VariantList({ editing }: { editing: ProductEditing }) {
  const { t } = useTranslation();
  const { variants } = editing.form;
  const setVariants = (next: readonly VariantForm[]): void => editing.change({ variants: next });
  return (
    <section aria-labelledby="variants" className="flex flex-col gap-3">
      <h3 id="variants" className="text-base font-semibold">
        {t('catalog.variants')}
      </h3>
      <ol className="flex flex-col gap-3">
        {variants.map((variant, index) => (
          <li key={variant.key}>
            <VariantFields
              variant={variant}
              index={index}
              optionNames={editing.form.optionNames}
              faults={editing.faults}
              onChange={(change) =>
                setVariants(variants.map((other) => (other === variant ? { ...other, ...change } : other)))
              }
              onRemove={
                variants.length > 1
                  ? () => setVariants(variants.filter((other) => other !== variant))
                  : undefined
              }
            />
          </li>
        ))}
      </ol>
      {variants.length < limits.variantsPerProduct && (
        <Button
          variant="outline"
          className="self-start"
          data-testid="add-variant"
          onClick={() => setVariants([...variants, nextVariant(variants.at(-1))])}
        >
          <Plus aria-hidden className="size-4" />
          {t('catalog.addVariant')}
        </Button>
      )}
    </section>
  );
}
