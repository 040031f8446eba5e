import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** The mark and the name, leading home. `isCompact`: on phones the mark alone. */
export function Wordmark({ isCompact = false }: { isCompact?: boolean }) {
  const { t } = useTranslation();
  return (
    <Link
      to="/"
      className="inline-flex min-h-11 items-center gap-2 rounded-small text-xl font-extrabold tracking-tight"
    >
      <img src="/mark.svg" alt="" width={28} height={28} />
      <span className={isCompact ? 'max-sm:sr-only' : undefined}>{t('common.brand')}</span>
    </Link>
  );
}
