import { WifiOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';

export function OfflineNotice() {
  const { t } = useTranslation();
  return (
    <p
      role="status"
      className="flex w-fit animate-rise items-center gap-2 rounded-full bg-surface-raised px-3 py-1.5 text-sm text-text shadow-float"
    >
      <WifiOff aria-hidden className="size-4" />
      {t('watch.offline')}
    </p>
  );
}
