import { limits } from '@souk/protocol/limits';
import { clsx } from 'clsx';
import { ImagePlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/card.tsx';
import { FileDrop } from '../../../ui/file-drop.tsx';
import {
  movedPicture,
  type PictureFault,
  type PictureItem,
  pictureTypes,
  sortFiles,
} from './picture-items.ts';
import { PictureTile } from './picture-tile.tsx';

export interface PicturesFieldProps {
  pictures: readonly PictureItem[];
  onChange: (pictures: readonly PictureItem[]) => void;
}

const MEGABYTE = 1_000_000;

/** The pictures of a product in their order; new ones are dropped or picked, and sent when the product is saved. */
export function PicturesField({ pictures, onChange }: PicturesFieldProps) {
  const { t } = useTranslation();
  const [faults, setFaults] = useState<ReadonlySet<PictureFault>>(new Set());
  const size = limits.pictureBytes / MEGABYTE;
  const take = (files: readonly File[]): void => {
    const sorted = sortFiles(files, pictures.length);
    setFaults(sorted.faults);
    const added = sorted.taken.map(
      (file): PictureItem => ({
        kind: 'new',
        key: crypto.randomUUID(),
        url: URL.createObjectURL(file),
        file,
      }),
    );
    onChange([...pictures, ...added]);
  };
  return (
    <Card className="flex flex-col gap-3">
      <h3 className="text-base font-semibold">{t('catalog.pictures')}</h3>
      {pictures.length > 0 && (
        <ol className="grid grid-cols-2 gap-2">
          {pictures.map((item, index) => (
            <li key={item.key} className={clsx(index === 0 && 'col-span-2')}>
              <PictureTile
                item={item}
                place={index + 1}
                count={pictures.length}
                onMove={(step) => onChange(movedPicture(pictures, index, step))}
                onRemove={() => onChange(pictures.filter((other) => other !== item))}
              />
            </li>
          ))}
        </ol>
      )}
      {pictures.length < limits.picturesPerProduct && (
        <FileDrop
          icon={<ImagePlus />}
          label={t('catalog.addPictures')}
          hint={t('catalog.pictureRules', { size, most: limits.picturesPerProduct })}
          accept={pictureTypes.join()}
          multiple
          onFiles={take}
          data-testid="picture-input"
        />
      )}
      {[...faults].map((fault) => (
        <p key={fault} role="alert" className="text-sm text-danger-text">
          {t(`catalog.pictureFaults.${fault}`, { size, most: limits.picturesPerProduct })}
        </p>
      ))}
    </Card>
  );
}
