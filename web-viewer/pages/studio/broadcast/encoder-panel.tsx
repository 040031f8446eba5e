import type { MediaTicket } from '@souk/protocol/http/media';
import type { ShowId } from '@souk/protocol/ids';
import { Satellite } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShowFeed } from '../../../api/show-feed.ts';
import type { WatchTier } from '../../../media/watch/watch-session.ts';
import { LiveBadge } from '../../../ui/live-badge.tsx';
import { useWatchSession } from '../../watch/stage/use-watch-session.ts';
import { StreamKeyCard } from './stream-key-card.tsx';

export interface EncoderPanelProps {
  feed: ShowFeed;
  showId: ShowId;
  ticket: MediaTicket | null;
  isOnAir: boolean;
  /** The encoder sends a picture. */
  isSending: boolean;
}

/** The picture of an encoder as viewers get it, and what the encoder must be told. */
export function EncoderPanel({ feed, showId, ticket, isOnAir, isSending }: EncoderPanelProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('studio.preview')} className="flex flex-col gap-3">
      <div className="on-stage relative aspect-video overflow-hidden rounded-large bg-stage text-on-stage">
        {isSending ? <EncoderPicture feed={feed} showId={showId} ticket={ticket} /> : <Waiting />}
        <div className="absolute start-3 top-3 flex gap-2">{isOnAir && <LiveBadge />}</div>
      </div>
      {isSending && (
        <p
          role="status"
          data-testid="encoder-on"
          className="flex items-center gap-2 text-sm font-medium text-success-text"
        >
          <span aria-hidden className="size-2.5 shrink-0 rounded-full bg-success" />
          {isOnAir ? t('broadcast.encoderOn') : t('broadcast.encoderPreview')}
        </p>
      )}
      <StreamKeyCard showId={showId} isSending={isSending} />
    </section>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <div className="absolute inset-0 grid place-content-center justify-items-center gap-1 p-4 text-center">
      <Satellite aria-hidden className="size-7 animate-dot" />
      <p className="font-semibold">{t('broadcast.encoderWaiting')}</p>
      <p className="text-sm text-on-stage-muted">{t('broadcast.encoderWaitingText')}</p>
    </div>
  );
}

/** Silent: the host's own voice a moment later would be an echo. */
function EncoderPicture({ feed, showId, ticket }: Pick<EncoderPanelProps, 'feed' | 'showId' | 'ticket'>) {
  const video = useRef<HTMLVideoElement>(null);
  const surfaces = useRef<Record<WatchTier, HTMLVideoElement | null>>({ webrtc: null, hls: null });
  const { picture } = useWatchSession(feed, showId, ticket, surfaces);
  useEffect(() => {
    if (video.current !== null) video.current.muted = true;
  }, []);
  return (
    <video
      ref={(element) => {
        video.current = element;
        surfaces.current.webrtc = element;
      }}
      data-testid="encoder-picture"
      data-state={picture.state}
      muted
      autoPlay
      playsInline
      className="size-full object-contain"
    />
  );
}
