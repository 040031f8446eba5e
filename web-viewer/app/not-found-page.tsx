import type { ErrorCode } from '@souk/protocol/error-codes';
import { Compass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** For an address that leads nowhere; `code` says what it is that does not exist. */
export function NotFoundPage({ code = 'NOT_FOUND' }: { code?: ErrorCode }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<Compass />}
      title={t('common.notFoundTitle')}
      text={t('common.notFoundText')}
      code={code}
      action={
        <Button asChild variant="solid">
          <Link to="/">{t('common.toLobby')}</Link>
        </Button>
      }
    />
  );
}
