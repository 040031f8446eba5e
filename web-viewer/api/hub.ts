import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { createHubClient } from './hub-client.ts';
import { createHubSocket } from './hub-socket.ts';
import { createServerClock } from './server-clock.ts';
import { getSession, onSessionChange, refreshSession, renewSession } from './session.ts';
import { createShowFeed, type FeedState, type ShowFeed } from './show-feed.ts';

/** The server's wall clock as this page knows it. */
export const serverClock = createServerClock();

/** The page's one connection to the hub; it connects when the first show is followed. */
export const hub = createHubClient(
  createHubSocket({ getSession, refreshSession, onSessionChange }),
  serverClock,
  renewSession,
);

/** Follows a show while the component is mounted. Until then, an empty feed of the same shape. */
export function useShowFeed(showId: string): ShowFeed {
  const empty = useMemo(() => createShowFeed(showId), [showId]);
  const [feed, setFeed] = useState<ShowFeed>(empty);
  useEffect(() => {
    const following = hub.follow(showId);
    setFeed(following.feed);
    return () => following.stop();
  }, [showId]);
  return feed.showId === showId ? feed : empty;
}

/** A part of a show's live state; the component draws anew only when that part changes. */
export function useFeed<Part>(feed: ShowFeed, select: (state: FeedState) => Part): Part {
  return useStore(feed.store, select);
}
