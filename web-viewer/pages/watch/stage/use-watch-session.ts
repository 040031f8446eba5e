import type { MediaTicket } from '@souk/protocol/http/media';
import type { ShowId } from '@souk/protocol/ids';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import type { WatchPicture, WatchSession, WatchSurfaces } from '../../../media/watch/watch-session.ts';
import { type Quality, storedQuality, storeQuality } from '../../../media/watch/watch-wish.ts';
import { useRefreshTicket } from '../../staff/use-show-view.ts';
import { useIsSeen } from './use-is-seen.ts';

export interface Watching {
  readonly picture: WatchPicture;
  /** Undefined until the media code has been loaded. */
  readonly session: WatchSession | undefined;
  readonly quality: Quality;
  chooseQuality(quality: Quality): void;
}

/**
 * Brings the picture of a show into the video elements and keeps it there.
 * The media code is loaded beside the join, so that neither waits for the other.
 */
export function useWatchSession(
  feed: ShowFeed,
  showId: ShowId,
  ticket: MediaTicket | null | undefined,
  surfaces: RefObject<WatchSurfaces>,
): Watching {
  const refreshTicket = useRefreshTicket(showId);
  const stream = useFeed(feed, (state) => state.show.stream);
  const isFollowing = useFeed(feed, (state) => state.status.kind === 'following');
  const [picture, setPicture] = useState<WatchPicture>({ state: 'connecting', tier: 'webrtc' });
  const [session, setSession] = useState<WatchSession>();
  const [quality, setQuality] = useState(storedQuality);
  const isSeen = useIsSeen();
  const wish = useRef({ quality, isSeen });
  wish.current = { quality, isSeen };
  const playback = useRef(feed.playback);
  playback.current = feed.playback;
  // A ticket that is renewed must not start the picture anew: only the first one starts it.
  const firstTicket = useRef(ticket);
  firstTicket.current ??= ticket;
  const canWatch = ticket !== null && ticket !== undefined;

  useEffect(() => {
    const start = firstTicket.current;
    if (!canWatch || start === null || start === undefined) return;
    let closed = false;
    let opened: WatchSession | undefined;
    import('../../../media/watch/watch-session.ts').then(
      ({ createWatchSession }) => {
        if (closed) return;
        opened = createWatchSession({
          ticket: start,
          refreshTicket,
          wish: wish.current,
          onPicture: setPicture,
          onFrame: (capturedAt, agoMs) => playback.current.frame(capturedAt, agoMs),
        });
        opened.attach(surfaces.current);
        setSession(opened);
      },
      // The code cannot be loaded, for example after an update of the page: a reload gets the new one.
      () => !closed && setPicture({ state: 'failed', tier: 'webrtc' }),
    );
    return () => {
      closed = true;
      opened?.close();
    };
  }, [canWatch, refreshTicket, surfaces]);

  const streamId = stream.kind === 'on' ? stream.streamId : null;
  const hostClockOffsetMs = stream.kind === 'on' ? stream.clockOffsetMs : undefined;
  useEffect(() => {
    if (isFollowing) session?.streamChanged(streamId, hostClockOffsetMs);
  }, [session, isFollowing, streamId, hostClockOffsetMs]);
  useEffect(
    () => session && feed.playback.onPace((isClose) => session.watchClosely(isClose)),
    [session, feed],
  );
  // A picture that stands still for a moment goes on as far behind as it was.
  const isOnItsWay = picture.state === 'playing' || picture.state === 'reconnecting';
  const hasPicture = isOnItsWay && quality !== 'audio';
  useEffect(() => {
    if (!hasPicture) feed.playback.lost();
    return () => feed.playback.lost();
  }, [feed, hasPicture]);
  useEffect(() => session?.want({ quality, isSeen }), [session, quality, isSeen]);

  const chooseQuality = useCallback((next: Quality) => {
    storeQuality(next);
    setQuality(next);
  }, []);
  return { picture, session, quality, chooseQuality };
}
