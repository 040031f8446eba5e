import type { ProductCard } from '@souk/protocol/catalog';
import { clsx } from 'clsx';
import { Zap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { clock, type Mark } from './scrubber.tsx';

export interface Chapter extends Mark {
  readonly product: ProductCard;
}

export interface ChaptersProps {
  chapters: readonly Chapter[];
  seconds: number;
  onSeek: (seconds: number) => void;
}

/** Everything that was shown, in order; a press goes to its moment. */
export function Chapters({ chapters, seconds, onSeek }: ChaptersProps) {
  const { t } = useTranslation();
  const present = chapters.findLast((chapter) => chapter.seconds <= seconds)?.key;
  return (
    <ol aria-label={t('media.shownLater')} className="flex flex-col gap-1">
      {chapters.map((chapter) => (
        <li key={chapter.key}>
          <button
            type="button"
            data-testid="chapter"
            aria-current={chapter.key === present ? 'true' : undefined}
            onClick={() => onSeek(chapter.seconds)}
            className={clsx(
              'flex w-full items-center gap-3 rounded-small p-2 text-start transition-colors hover:bg-surface-hover',
              chapter.key === present && 'bg-accent-soft',
            )}
          >
            <img
              src={chapter.product.pictureUrl}
              alt=""
              width={48}
              height={48}
              loading="lazy"
              className="size-12 shrink-0 rounded-small bg-surface-sunken object-cover"
            />
            <span className="min-w-0 flex-1">
              <span className="line-clamp-2 text-sm font-medium">{chapter.product.title}</span>
              <span className="figures flex items-center gap-1 text-xs text-text-muted">
                {chapter.kind === 'sale' && <Zap aria-hidden className="size-3 text-accent-text" />}
                <bdi>{clock(chapter.seconds)}</bdi>
              </span>
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
