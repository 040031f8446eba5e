import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** Asks before a page with unsaved changes is left, by a link or by closing it. Render what it returns. */
export function useUnsavedGuard(isDirty: () => boolean) {
  const { t } = useTranslation();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && isDirty(),
  );
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (isDirty()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isDirty]);
  return (
    <Dialog
      open={blocker.state === 'blocked'}
      onOpenChange={(open) => !open && blocker.reset?.()}
      title={t('desk.unsavedTitle')}
      description={t('desk.unsavedText')}
    >
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="ghost" data-testid="discard" onClick={() => blocker.proceed?.()}>
          {t('desk.discard')}
        </Button>
        <Button variant="solid" data-testid="keep-editing" onClick={() => blocker.reset?.()}>
          {t('desk.keepEditing')}
        </Button>
      </div>
    </Dialog>
  );
}
