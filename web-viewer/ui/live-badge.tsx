import { useTranslation } from 'react-i18next';
import { Badge } from './badge.tsx';

/** Says that a show is on air. */
export function LiveBadge() {
  const { t } = useTranslation();
  return (
    <Badge tone="live" data-testid="live-badge" className="uppercase tracking-wide">
      <span aria-hidden className="size-1.5 animate-dot rounded-full bg-current" />
      {t('common.live')}
    </Badge>
  );
}
