import { ArrowLeft, ArrowRight, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Badge } from '../../../ui/badge.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { PictureItem } from './picture-items.ts';

export interface PictureTileProps {
  item: PictureItem;
  /** From 1; the first is the cover. */
  place: number;
  count: number;
  onMove: (step: -1 | 1) => void;
  onRemove: () => void;
}

/** One picture with the buttons that move it and take it out. */
export function PictureTile({ item, place, count, onMove, onRemove }: PictureTileProps) {
  const { t } = useTranslation();
  return (
    <figure
      data-testid="picture"
      className="on-stage relative aspect-[4/3] overflow-hidden rounded-small bg-surface-sunken"
    >
      <img src={item.url} alt={t('catalog.picture', { place })} className="size-full object-cover" />
      <div className="absolute start-1 top-1 flex gap-1">
        {place === 1 && <Badge tone="glass">{t('catalog.cover')}</Badge>}
        {item.kind === 'new' && <Badge tone="accent">{t('catalog.newPicture')}</Badge>}
      </div>
      <div className="absolute end-1 top-1">
        <IconButton
          variant="glass"
          size="small"
          label={t('catalog.removePicture', { place })}
          icon={<X className="size-4" />}
          onClick={onRemove}
        />
      </div>
      <div className="absolute inset-x-1 bottom-1 flex justify-between">
        <IconButton
          variant="glass"
          size="small"
          label={t('catalog.movePictureBack', { place })}
          icon={<ArrowLeft className="size-4 rtl:-scale-x-100" />}
          disabled={place === 1}
          className="disabled:invisible"
          onClick={() => onMove(-1)}
        />
        <IconButton
          variant="glass"
          size="small"
          label={t('catalog.movePictureOn', { place })}
          icon={<ArrowRight className="size-4 rtl:-scale-x-100" />}
          disabled={place === count}
          className="disabled:invisible"
          onClick={() => onMove(1)}
        />
      </div>
    </figure>
  );
}
