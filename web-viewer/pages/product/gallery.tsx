import { clsx } from 'clsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface GalleryProps {
  urls: readonly string[];
  title: string;
}

/** One picture large, the others small below it; on a phone they are swiped through. */
export function Gallery({ urls, title }: GalleryProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(0);
  const shown = Math.min(chosen, urls.length - 1);
  const nameOf = (index: number) => t('store.pictureOf', { number: index + 1, total: urls.length });
  return (
    <section aria-label={t('store.pictures')} className="flex min-w-0 flex-col gap-3 lg:sticky lg:top-24">
      <ul className="-mx-4 flex snap-x snap-mandatory gap-2 overflow-x-auto px-4 lg:mx-0 lg:block lg:overflow-visible lg:px-0">
        {urls.map((url, index) => (
          <li
            key={url}
            className={clsx(
              'aspect-square shrink-0 snap-center overflow-hidden rounded-large bg-surface-sunken',
              urls.length > 1 ? 'w-[88%] sm:w-[60%] lg:w-full' : 'w-full',
              index !== shown && 'lg:hidden',
            )}
          >
            <img
              src={url}
              alt={urls.length > 1 ? `${title}, ${nameOf(index)}` : title}
              loading={index === 0 ? 'eager' : 'lazy'}
              width={800}
              height={800}
              className="size-full object-cover"
            />
          </li>
        ))}
      </ul>
      {urls.length > 1 && (
        <div className="hidden flex-wrap gap-2 lg:flex">
          {urls.map((url, index) => (
            <button
              key={url}
              type="button"
              aria-label={nameOf(index)}
              aria-current={index === shown}
              onClick={() => setChosen(index)}
              className="size-18 overflow-hidden rounded-small border-2 border-transparent bg-surface-sunken opacity-75 transition-opacity hover:opacity-100 aria-[current=true]:border-accent aria-[current=true]:opacity-100"
            >
              <img src={url} alt="" width={72} height={72} className="size-full object-cover" />
            </button>
          ))}
        </div>
      )}
    </section>
  );
}
