import type { ShowId } from '@souk/protocol/ids';
import { Link as LinkIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/icon-button.tsx';
import { showToast } from '../../ui/toast.tsx';

/** A share sheet that is closed again rejects: nothing to tell. */
function ignoreClosed(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
}

/** Hands the viewers' link on: by the phone's own share sheet, else into the clipboard. */
export function ShareLink({ showId }: { showId: ShowId }) {
  const { t } = useTranslation();
  const share = async (): Promise<void> => {
    const url = new URL(`/watch/${showId}`, window.location.origin).href;
    if (window.matchMedia('(pointer: coarse)').matches && navigator.share !== undefined) {
      await navigator.share({ url }).catch(ignoreClosed);
      return;
    }
    try {
      await navigator.clipboard.writeText(url);
      showToast(t('studio.linkCopied'));
    } catch {
      // No leave, or no clipboard at all: it can still be written down.
      showToast(t('studio.linkNotCopied', { url }));
    }
  };
  return (
    <IconButton
      size="small"
      label={t('studio.shareLink')}
      icon={<LinkIcon className="size-4" />}
      onClick={() => void share()}
    />
  );
}
