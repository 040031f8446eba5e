import type { MediaTicket } from '@souk/protocol/http/media';
import { useEffect, useRef, useState } from 'react';
import { useFeed } from '../../api/hub.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import type { RefreshTicket } from '../../media/media-ticket.ts';
import type { PublishHealth } from '../../media/publish-health.ts';
import { createPublishSession, type PublishSession, type PublishState } from '../../media/publish-session.ts';

export interface BroadcastOptions {
  readonly feed: ShowFeed;
  readonly isOnAir: boolean;
  /** Undefined while there is no camera. */
  readonly stream: MediaStream | undefined;
  readonly ticket: MediaTicket | null;
  readonly refreshTicket: RefreshTicket;
}

export interface Broadcast {
  readonly state: PublishState | 'off';
  readonly error: unknown;
  /** Null until the first two readings. */
  readonly health: PublishHealth | null;
  /** Publishes from this page again, after another page took over or a refusal. */
  resume(): void;
}

/** Publishes camera and microphone while the show is on air; a changed device is swapped in. */
export function useBroadcast(options: BroadcastOptions): Broadcast {
  const { feed, isOnAir, stream, ticket, refreshTicket } = options;
  const [state, setState] = useState<PublishState | 'off'>('off');
  const [error, setError] = useState<unknown>(null);
  const [health, setHealth] = useState<PublishHealth | null>(null);
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
      },
      onHealth: setHealth,
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

  return { state, error, health, resume: () => session.current?.resume() };
}
