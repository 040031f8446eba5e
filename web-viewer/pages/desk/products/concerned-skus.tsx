import { useTranslation } from 'react-i18next';

/** Which other variants a refusal is about. */
export function ConcernedSkus({ skus }: { skus: readonly string[] }) {
  const { t } = useTranslation();
  if (skus.length === 0) return null;
  return (
    <p className="text-sm text-danger-text">
      {t('catalog.concerns')} <bdi>{skus.join(', ')}</bdi>
    </p>
  );
}
