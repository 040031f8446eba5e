import type { MediaTicket } from '@souk/protocol/http/media';
import type { ShowId } from '@souk/protocol/ids';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import type { WatchSession, WatchState } from '../../../media/watch-session.ts';
import { useRefreshTicket } from '../../staff/use-show-view.ts';

/**
 * Brings the picture of a show into a video element and keeps it there.
 * The media code is loaded beside the join, so that neither waits for the other.
 */
export function useWatchSession(
  feed: ShowFeed,
  showId: ShowId,
  ticket: MediaTicket | null | undefined,
  video: RefObject<HTMLVideoElement | null>,
): WatchState {
  const refreshTicket = useRefreshTicket(showId);
  const stream = useFeed(feed, (state) => state.show.stream);
  const isFollowing = useFeed(feed, (state) => state.status.kind === 'following');
  const [state, setState] = useState<WatchState>('connecting');
  const [session, setSession] = useState<WatchSession>();
  // A ticket that is renewed must not start the picture anew: only the first one starts it.
  const firstTicket = useRef(ticket);
  firstTicket.current ??= ticket;
  const canWatch = ticket !== null && ticket !== undefined;

  useEffect(() => {
    const start = firstTicket.current;
    if (!canWatch || start === null || start === undefined) return;
    let closed = false;
    let opened: WatchSession | undefined;
    import('../../../media/watch-session.ts').then(
      ({ createWatchSession }) => {
        if (closed) return;
        opened = createWatchSession({ ticket: start, refreshTicket, onState: setState });
        opened.attach(video.current);
        setSession(opened);
      },
      // The code cannot be loaded, for example after an update of the page: a reload gets the new one.
      () => !closed && setState('failed'),
    );
    return () => {
      closed = true;
      opened?.close();
    };
  }, [canWatch, refreshTicket, video]);

  const streamId = stream.kind === 'on' ? stream.streamId : null;
  useEffect(() => {
    if (isFollowing) session?.streamChanged(streamId);
  }, [session, isFollowing, streamId]);

  return state;
}
