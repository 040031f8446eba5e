import { useMemo } from 'react';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { useServerNow } from '../../../ui/use-server-now.ts';

const EVERY_MS = 5_000;

/** What was done to a person in a show, the gravest first. */
export type Standing = 'banned' | 'shadow-banned' | 'muted';

/** Tells what was done to whom; mutes run out by server time. */
export function useStanding(feed: ShowFeed): (userId: string) => Standing | undefined {
  const mutes = useFeed(feed, (state) => state.show.mutes);
  const bans = useFeed(feed, (state) => state.show.bans);
  const shadowBans = useFeed(feed, (state) => state.show.shadowBans);
  const now = useServerNow(EVERY_MS, Object.keys(mutes).length > 0);
  return useMemo(
    () => (userId) => {
      if (bans[userId] !== undefined) return 'banned';
      if (shadowBans[userId] === true) return 'shadow-banned';
      return (mutes[userId] ?? 0) > now ? 'muted' : undefined;
    },
    [mutes, bans, shadowBans, now],
  );
}

/** Tells who belongs to a show's staff, and cannot be acted on. */
export function useIsCrew(feed: ShowFeed): (userId: string, role?: string) => boolean {
  const hostId = useFeed(feed, (state) => state.show.facts?.hostId);
  const moderators = useFeed(feed, (state) => state.show.moderators);
  return useMemo(
    () => (userId, role) =>
      userId === hostId || moderators[userId] !== undefined || role === 'host' || role === 'moderator',
    [hostId, moderators],
  );
}
