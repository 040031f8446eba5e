import type { WaitlistEntry } from '@souk/protocol/http/sales';
import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { RollingNumber } from '../../../ui/rolling-number.tsx';

/** Stands in the place of the buy button while somebody waits: nothing there can be pressed by mistake. */
export function WaitPlace({ entry, className }: { entry: WaitlistEntry; className?: string }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  return (
    <p
      role="status"
      data-testid="wait-place"
      data-place={entry.place ?? undefined}
      className={clsx(
        'flex min-h-11 max-w-36 shrink-0 flex-col justify-center rounded-small bg-accent-soft px-3 py-1 text-center text-sm leading-tight font-semibold text-accent-text',
        className,
      )}
    >
      {entry.place === null ? (
        t('shop.waiting')
      ) : (
        <RollingNumber
          value={entry.place}
          format={(place) => t('shop.waitPlace', { count: place, ordinal: true, formatted: count(place) })}
        />
      )}
    </p>
  );
}
