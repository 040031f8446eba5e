import type { ShowId } from '@souk/protocol/ids';
import { Link as LinkIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/icon-button.tsx';
import { showToast } from '../../ui/toast.tsx';

/** Hands the viewers' link on: by the phone's own share sheet, else into the clipboard. */
export function ShareLink({ showId }: { showId: ShowId }) {
  const { t } = useTranslation();
  const share = async (): Promise<void> => {
    const url = new URL(`/watch/${showId}`, window.location.origin).href;
    if (window.matchMedia('(pointer: coarse)').matches && navigator.share !== undefined) {
      await navigator.share({ url });
      return;
    }
    await navigator.clipboard.writeText(url);
    showToast(t('studio.linkCopied'));
  };
  return (
    <IconButton
      size="small"
      label={t('studio.shareLink')}
      icon={<LinkIcon className="size-4" />}
      // A share sheet that is closed again rejects: nothing to tell.
      onClick={() => void share().catch(() => undefined)}
    />
  );
}
