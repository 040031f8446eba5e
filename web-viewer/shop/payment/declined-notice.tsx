import { useTranslation } from 'react-i18next';

/** The card was declined, and the order still waits for another one. */
export function DeclinedNotice() {
  const { t } = useTranslation();
  return (
    <p
      role="alert"
      data-testid="declined-retry"
      className="rounded-small bg-danger-soft px-3 py-2.5 text-sm text-danger-text"
    >
      {t('shop.declinedRetry')}
    </p>
  );
}
