import type { ProductCard } from '@souk/protocol/catalog';
import { ChevronUp, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/icon-button.tsx';

export interface PickedListProps {
  picked: readonly ProductCard[];
  onChange: (picked: ProductCard[]) => void;
}

/** The line-up in its order: each product can move up or go out again. */
export function PickedList({ picked, onChange }: PickedListProps) {
  const { t } = useTranslation();
  if (picked.length === 0) return <p className="text-sm text-text-muted">{t('studio.lineupEmpty')}</p>;
  return (
    <ol className="flex flex-col gap-1">
      {picked.map((product, index) => {
        const { id, title } = product;
        return (
          <li key={id} className="flex items-center gap-2 text-sm">
            <span className="figures w-5 text-text-muted">{index + 1}</span>
            <img
              src={product.pictureUrl}
              alt=""
              className="size-9 rounded-small bg-surface-sunken object-cover"
            />
            <span className="min-w-0 flex-1 truncate font-medium">{title}</span>
            <IconButton
              size="small"
              label={t('studio.moveUp', { title })}
              icon={<ChevronUp className="size-4" />}
              disabled={index === 0}
              onClick={() => onChange(movedUp(picked, index))}
            />
            <IconButton
              size="small"
              label={t('studio.takeOut', { title })}
              icon={<X className="size-4" />}
              onClick={() => onChange(picked.filter((other) => other !== product))}
            />
          </li>
        );
      })}
    </ol>
  );
}

function movedUp(picked: readonly ProductCard[], index: number): ProductCard[] {
  const next = [...picked];
  const [moved] = next.splice(index, 1);
  if (moved !== undefined) next.splice(Math.max(0, index - 1), 0, moved);
  return next;
}
