import type { MediaTicket } from '@souk/protocol/http/media';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { serverClock, useFeed } from '../../api/hub.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { NO_MEDIA_PATH } from '../../media/connected.ts';
import type { RefreshTicket } from '../../media/media-ticket.ts';
import type { PublishHealth } from '../../media/publish/health.ts';
import {
  createPublishSession,
  type PublishSession,
  type PublishState,
} from '../../media/publish/publish-session.ts';

export interface BroadcastOptions {
  readonly feed: ShowFeed;
  readonly isOnAir: boolean;
  /** Undefined while there is no camera. */
  readonly stream: MediaStream | undefined;
  /** False while the picture stands still by intention. */
  readonly isMoving: boolean;
  readonly ticket: MediaTicket | null;
  readonly refreshTicket: RefreshTicket;
}

export interface Broadcast {
  readonly state: PublishState | 'off';
  readonly error: unknown;
  /** Null until the first two readings. */
  readonly health: PublishHealth | null;
  /** What the picture is sent in; undefined until that is known. */
  readonly videoMimeType: string | undefined;
  /** No path to the server came up for a while, although it answers: the network lets no media through. */
  readonly isBlocked: boolean;
  /** Publishes from this page again, after another page took over or a refusal. */
  resume(): void;
}

/** One lost try may be chance. */
const BLOCKED_AFTER_TRIES = 2;

/** Publishes camera and microphone while the show is on air; a changed device is swapped in. */
export function useBroadcast(options: BroadcastOptions): Broadcast {
  const { feed, isOnAir, stream, isMoving, ticket, refreshTicket } = options;
  const [state, setState] = useState<PublishState | 'off'>('off');
  const [error, setError] = useState<unknown>(null);
  const [health, setHealth] = useState<PublishHealth | null>(null);
  const [videoMimeType, setVideoMimeType] = useState<string>();
  const [failedTries, setFailedTries] = useState(0);
  const moving = useRef(isMoving);
  moving.current = isMoving;
  const session = useRef<PublishSession | null>(null);
  const firstTicket = useRef(ticket);
  firstTicket.current ??= ticket;
  const newestStream = useRef(stream);
  newestStream.current = stream;
  const canPublish = isOnAir && stream !== undefined && ticket?.can === 'publish';

  useEffect(() => {
    const start = newestStream.current;
    if (!canPublish || firstTicket.current === null || start === undefined) return;
    const opened = createPublishSession({
      ticket: firstTicket.current,
      refreshTicket,
      stream: new MediaStream(start.getTracks()),
      onState: (next, refusal) => {
        setState(next);
        setError(next === 'publishing' ? null : (refusal ?? null));
        if (next !== 'publishing') setHealth(null);
        setFailedTries((tries) => (next === 'publishing' ? 0 : tries + (isWithoutPath(refusal) ? 1 : 0)));
      },
      isMoving: () => moving.current,
      clockOffsetMs: serverClock.offsetMs,
      onHealth: (reading, mimeType) => {
        setHealth(reading);
        setVideoMimeType(mimeType);
      },
    });
    session.current = opened;
    return () => {
      opened.close();
      session.current = null;
      setState('off');
    };
  }, [canPublish, refreshTicket]);

  useEffect(() => {
    for (const track of stream?.getTracks() ?? []) void session.current?.replaceTrack(track);
  }, [stream]);

  const onAirStream = useFeed(feed, ({ show }) => (show.stream.kind === 'on' ? show.stream.streamId : null));
  useEffect(() => session.current?.streamChanged(onAirStream), [onAirStream]);

  const isBlocked = failedTries >= BLOCKED_AFTER_TRIES;
  return { state, error, health, videoMimeType, isBlocked, resume: () => session.current?.resume() };
}

/** True when the server answered, but no media path came up. */
function isWithoutPath(refusal: unknown): boolean {
  return refusal instanceof ApiError && refusal.code === 'UNAVAILABLE' && refusal.message === NO_MEDIA_PATH;
}
