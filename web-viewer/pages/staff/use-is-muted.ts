import type { UserId } from '@souk/protocol/ids';
import { useFeed } from '../../api/hub.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { useServerNow } from '../../ui/use-server-now.ts';

const EVERY_MS = 5_000;

/** Tells who is muted at present; mutes run out by server time. */
export function useIsMuted(feed: ShowFeed): (userId: UserId) => boolean {
  const mutes = useFeed(feed, (state) => state.show.mutes);
  const now = useServerNow(EVERY_MS, Object.keys(mutes).length > 0);
  return (userId) => (mutes[userId] ?? 0) > now;
}
