import { RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { ErrorMessage } from './error-message.tsx';

export interface LoadFaultProps {
  /** Why it could not be loaded; nothing is shown for null and undefined. */
  error: unknown;
  onRetry: () => void;
  className?: string;
}

/** Says why a part of the page cannot be loaded, and tries again when asked to. */
export function LoadFault({ error, onRetry, className }: LoadFaultProps) {
  const { t } = useTranslation();
  return (
    <ErrorMessage
      error={error}
      {...(className === undefined ? {} : { className })}
      action={
        <Button size="small" variant="outline" data-testid="load-again" onClick={onRetry}>
          <RotateCw aria-hidden className="size-4" />
          {t('common.retry')}
        </Button>
      }
    />
  );
}
