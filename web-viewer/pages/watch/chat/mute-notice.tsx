import { MicOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../../api/hub.ts';
import { useSession } from '../../../api/session.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { useServerNow } from '../../../ui/use-server-now.ts';

/** Tells a viewer that a moderator has muted them, and until when. */
export function MuteNotice({ feed }: { feed: ShowFeed }) {
  const { t } = useTranslation();
  const { timeOfDay } = useFormat();
  const session = useSession();
  const until = useFeed(feed, (state) =>
    session === undefined ? undefined : state.show.mutes[session.userId],
  );
  const now = useServerNow(1_000, until !== undefined);
  if (until === undefined || until <= now) return null;
  return (
    <p
      role="alert"
      data-testid="mute-notice"
      className="flex animate-rise items-center gap-2 rounded-small bg-danger-soft px-3 py-2 text-sm text-danger-text"
    >
      <MicOff aria-hidden className="size-4 shrink-0" />
      {t('watch.muted', { time: timeOfDay(until) })}
    </p>
  );
}
