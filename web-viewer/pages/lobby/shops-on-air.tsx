import type { ShowCard } from '@souk/protocol/http/shows';
import { Store } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** The shops behind the shows, each once: the way to everything that they sell. */
export function ShopsOnAir({ shows }: { shows: readonly ShowCard[] }) {
  const { t } = useTranslation();
  const shops = new Map(shows.map(({ merchantId, merchantName }) => [merchantId, merchantName]));
  return (
    <section className="mt-8">
      <h2 className="mb-3 text-lg font-semibold">{t('store.shops')}</h2>
      <ul className="flex flex-wrap gap-2">
        {[...shops].map(([merchantId, name]) => (
          <li key={merchantId} className="max-w-full">
            <Link
              to={`/shop/${merchantId}`}
              data-testid="shop-link"
              className="inline-flex min-h-11 max-w-full items-center gap-2.5 rounded-full border border-line bg-surface-raised px-4 text-sm font-medium transition-colors hover:bg-surface-hover"
            >
              <Store aria-hidden className="size-4 shrink-0 text-accent-text" />
              <span className="truncate">{name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
