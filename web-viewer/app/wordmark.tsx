import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

/** The mark and the name, leading home. */
export function Wordmark() {
  const { t } = useTranslation();
  return (
    <Link
      to="/"
      className="inline-flex min-h-11 items-center gap-2 rounded-small text-xl font-extrabold tracking-tight"
    >
      <img src="/mark.svg" alt="" width={28} height={28} />
      {t('common.brand')}
    </Link>
  );
}
