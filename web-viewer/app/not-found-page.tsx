import { Compass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<Compass />}
      title={t('common.notFoundTitle')}
      text={t('common.notFoundText')}
      action={
        <Button asChild variant="solid">
          <Link to="/">{t('common.toLobby')}</Link>
        </Button>
      }
    />
  );
}
