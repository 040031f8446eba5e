import type { ShowStatus } from '@souk/protocol/states';
import { useTranslation } from 'react-i18next';
import type { WatchState } from '../../../media/watch/live-tier.ts';

export interface PictureNoticeProps {
  state: WatchState;
  status: ShowStatus;
  /** A picture has been there before in this show. */
  hasBegun: boolean;
  /** The hub has told the show's state. */
  isKnown: boolean;
}

/**
 * Says why there is no picture, and what happens next. Nothing while it plays. On a phone it stands right below the
 * buttons: a tall chat, and a sheet, come up to there.
 */
export function PictureNotice({ state, status, hasBegun, isKnown }: PictureNoticeProps) {
  const { t } = useTranslation();
  const words = wordsFor();
  if (words === undefined) return null;
  return (
    <div
      role="status"
      data-testid="picture-notice"
      className="pointer-events-none absolute inset-0 grid animate-rise place-items-center p-6 text-center text-on-stage max-lg:content-start max-lg:pt-[calc(var(--safe-top)+max(5.5rem,11dvh))]"
    >
      <div className="glass max-w-sm rounded-large px-6 py-4">
        <p className="text-lg font-semibold">{words.title}</p>
        {words.text !== undefined && <p className="mt-1 text-sm text-on-stage-muted">{words.text}</p>}
      </div>
    </div>
  );

  function wordsFor(): { title: string; text?: string } | undefined {
    const isEarly = status === 'draft' || (state !== 'playing' && !hasBegun);
    if (isKnown && isEarly) {
      return { title: t('watch.notStarted'), text: t('watch.notStartedText') };
    }
    switch (state) {
      case 'playing':
        return undefined;
      case 'connecting':
        return { title: t('watch.connecting') };
      case 'waiting-for-host':
        return { title: t('watch.backSoon'), text: t('watch.backSoonText') };
      case 'reconnecting':
        return { title: t('watch.reconnecting') };
      case 'failed':
        return { title: t('watch.failed'), text: t('watch.failedText') };
    }
  }
}
