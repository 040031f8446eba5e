import { limits } from '@souk/protocol/limits';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';

/** What a show is called until its host gives it a name: after the host. */
export function useDefaultTitle(): string {
  const { t } = useTranslation();
  const session = useSession();
  return t('studio.defaultTitle', { name: session?.name ?? '' })
    .trim()
    .slice(0, limits.showTitleLength);
}
