import type { ShowView } from '@souk/protocol/http/shows';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { Badge } from '../../ui/badge.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ChatSettings } from '../staff/chat-settings/chat-settings.tsx';
import { StaffChat } from '../staff/staff-chat.tsx';
import { StaffHeader } from '../staff/staff-header.tsx';
import { useRefreshTicket } from '../staff/use-show-view.ts';
import { EncoderPanel } from './broadcast/encoder-panel.tsx';
import { MediaFiguresLine } from './broadcast/media-figures-line.tsx';
import { NetworkCheck } from './broadcast/network-check.tsx';
import { pictureSources, usePictureSource } from './broadcast/picture-source.ts';
import { RecordingSwitch } from './broadcast/recording-switch.tsx';
import { BroadcastPanel } from './broadcast-panel.tsx';
import { DraftPanel } from './draft-panel.tsx';
import { EndShow } from './end-show.tsx';
import { FiguresStrip } from './figures-strip.tsx';
import { GoLive } from './go-live.tsx';
import { InviteModerator } from './invite-moderator.tsx';
import { LineupPanel } from './lineup-panel.tsx';
import { SaleForm } from './sale-form.tsx';
import { SalesPanel } from './sales-panel.tsx';
import { ShareLink } from './share-link.tsx';
import { useBroadcast } from './use-broadcast.ts';
import { useCamera } from './use-camera.ts';
import { useDraft } from './use-draft.ts';

export interface StudioDeskProps {
  view: ShowView;
  feed: ShowFeed;
  isOnAir: boolean;
}

/** Everything a host needs during a show, on one screen without scrolling from 1280 by 720 up. */
export function StudioDesk({ view, feed, isOnAir }: StudioDeskProps) {
  const { t } = useTranslation();
  const { show, media } = view;
  const picture = usePictureSource(feed);
  const isOwnCamera = picture.source === 'page';
  const camera = useCamera(isOwnCamera);
  const refreshTicket = useRefreshTicket(show.id);
  const stream = camera.state.kind === 'ready' ? camera.state.stream : undefined;
  const isMoving = camera.state.kind !== 'ready' || camera.state.source !== 'plate';
  const broadcast = useBroadcast({ feed, isOnAir, stream, isMoving, ticket: media, refreshTicket });
  const draft = useDraft(feed, show);
  const title = useFeed(feed, (state) => state.show.facts?.title ?? show.title);
  return (
    <div className="flex min-h-dvh flex-col bg-surface-sunken lg:h-dvh">
      <StaffHeader title={title} badge={isOnAir ? undefined : <Badge>{t('studio.status.draft')}</Badge>}>
        <ChatSettings feed={feed} showId={show.id} />
        <ShareLink showId={show.id} />
        <InviteModerator feed={feed} showId={show.id} />
        {isOnAir && <EndShow showId={show.id} />}
      </StaffHeader>
      <main className="grid flex-1 gap-3 p-3 lg:min-h-0 lg:grid-cols-[21rem_minmax(0,1fr)_21rem] lg:grid-rows-[minmax(0,1fr)]">
        <Panel className="overflow-y-auto">
          {!picture.isEncoderSending && (
            <Segmented
              label={t('broadcast.source')}
              value={picture.source}
              options={pictureSources.map((value) => ({ value, label: t(`broadcast.sources.${value}`) }))}
              onChange={picture.choose}
            />
          )}
          {isOwnCamera ? (
            <BroadcastPanel camera={camera} broadcast={broadcast} isOnAir={isOnAir} />
          ) : (
            <EncoderPanel
              feed={feed}
              showId={show.id}
              ticket={media}
              isOnAir={isOnAir}
              isSending={picture.isEncoderSending}
            />
          )}
          {isOnAir ? (
            <>
              {media !== null && (
                <MediaFiguresLine showId={show.id} ticket={media} refreshTicket={refreshTicket} />
              )}
              <RecordingSwitch showId={show.id} isOnAir />
              <SaleForm feed={feed} showId={show.id} />
            </>
          ) : (
            <>
              {isOwnCamera && <NetworkCheck ticket={media} refreshTicket={refreshTicket} />}
              <RecordingSwitch showId={show.id} isOnAir={false} />
              <GoLive
                showId={show.id}
                source={picture.source}
                isReady={isOwnCamera ? stream !== undefined : picture.isEncoderSending}
                prepare={draft.settle}
              />
              <SalesPanel feed={feed} showId={show.id} isDraft />
            </>
          )}
        </Panel>
        <Panel>
          {isOnAir ? (
            <>
              <SalesPanel feed={feed} showId={show.id} isDraft={false} />
              <LineupPanel feed={feed} showId={show.id} isDraft={false} />
            </>
          ) : (
            <DraftPanel feed={feed} show={show} draft={draft} />
          )}
        </Panel>
        <Panel className="h-120 lg:h-auto">
          <StaffChat feed={feed} showId={show.id} />
        </Panel>
      </main>
      <FiguresStrip feed={feed} showId={show.id} currency={show.currency} isOnAir={isOnAir} />
    </div>
  );
}

function Panel({ className = '', children }: { className?: string; children: ReactNode }) {
  return (
    <div
      className={`flex min-h-0 flex-col gap-3 rounded-large border border-line bg-surface-raised p-3 ${className}`}
    >
      {children}
    </div>
  );
}
