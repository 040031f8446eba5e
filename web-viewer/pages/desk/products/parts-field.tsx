import type { Stock } from '@souk/protocol/http/desk';
import type { VariantId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { clsx } from 'clsx';
import { Layers, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { inputClass } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { PartSearch } from './part-search.tsx';
import type { PartForm } from './product-form.ts';

export interface PartsFieldProps {
  parts: readonly PartForm[];
  /** The variant itself, which cannot be a part of it. */
  ownId: VariantId | undefined;
  errorOf: (field: string) => string | undefined;
  onChange: (parts: readonly PartForm[]) => void;
}

/** Makes a variant a bundle of others: they are found by search, each with how many go in. */
export function PartsField({ parts, ownId, errorOf, onChange }: PartsFieldProps) {
  const { t } = useTranslation();
  const [isSearching, setSearching] = useState(false);
  const add = (item: Stock): void => {
    const name = item.variantLabel === '' ? item.productTitle : `${item.productTitle} · ${item.variantLabel}`;
    onChange([...parts, { variantId: item.variantId, name, sku: item.sku, quantity: '1' }]);
  };
  const error = errorOf('parts');
  if (parts.length === 0 && !isSearching)
    return (
      <Button
        variant="ghost"
        size="small"
        className="-ms-2 self-start text-text-muted"
        data-testid="make-bundle"
        onClick={() => setSearching(true)}
      >
        <Layers aria-hidden className="size-4" />
        {t('catalog.makeBundle')}
      </Button>
    );
  return (
    <section
      aria-label={t('catalog.bundleOf')}
      className="flex flex-col gap-2 rounded-small bg-surface-sunken p-3"
    >
      <p className="text-sm font-medium">{t('catalog.bundleOf')}</p>
      <ul className="flex flex-col gap-1">
        {parts.map((part, index) => (
          <PartRow
            key={part.variantId}
            part={part}
            error={errorOf(`parts.${index}`)}
            onQuantity={(quantity) =>
              onChange(parts.map((other) => (other === part ? { ...part, quantity } : other)))
            }
            onRemove={() => onChange(parts.filter((other) => other !== part))}
          />
        ))}
      </ul>
      {error !== undefined && <p className="text-sm text-danger-text">{error}</p>}
      {parts.length < limits.partsPerBundle && (
        <PartSearch taken={[...parts.map(({ variantId }) => variantId), ownId]} onPick={add} />
      )}
      <p className="text-sm text-text-muted">{t('catalog.bundleHint')}</p>
    </section>
  );
}

interface PartRowProps {
  part: PartForm;
  error: string | undefined;
  onQuantity: (quantity: string) => void;
  onRemove: () => void;
}

function PartRow({ part, error, onQuantity, onRemove }: PartRowProps) {
  const { t } = useTranslation();
  return (
    <li data-testid="bundle-part" className="flex flex-wrap items-center gap-x-2 text-sm">
      <input
        aria-label={t('catalog.quantityOf', { name: part.name })}
        inputMode="numeric"
        dir="ltr"
        data-testid="part-quantity"
        aria-invalid={error === undefined ? undefined : true}
        value={part.quantity}
        onChange={(event) => onQuantity(event.target.value)}
        className={clsx(inputClass, 'figures w-14! text-center')}
      />
      <span aria-hidden>×</span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{part.name}</span>
        <bdi className="block truncate text-xs text-text-muted">{part.sku}</bdi>
      </span>
      <IconButton
        label={t('catalog.removePart', { name: part.name })}
        icon={<X className="size-4" />}
        onClick={onRemove}
      />
      {error !== undefined && <p className="w-full text-danger-text">{error}</p>}
    </li>
  );
}
