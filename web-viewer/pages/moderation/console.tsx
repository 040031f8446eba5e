import type { ShowCard, ShowView } from '@souk/protocol/http/shows';
import type { ChatMessage, SaleState } from '@souk/protocol/timeline/state';
import { CircleStop } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import { useSession } from '../../api/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useIsWide } from '../../ui/use-media-query.ts';
import { ActLine } from '../staff/acts/act-line.tsx';
import type { Act } from '../staff/acts/acts.ts';
import type { Deeds } from '../staff/acts/deeds.ts';
import { ChatComposer } from '../staff/chat-composer.tsx';
import { KeyHint } from '../staff/key-hint.tsx';
import { MessageFeed } from '../staff/messages/message-feed.tsx';
import type { RowAct } from '../staff/messages/message-row.tsx';
import { PinnedMessage } from '../staff/messages/pinned-message.tsx';
import { laterStatus } from '../staff/show-status.ts';
import { ConsoleHeader } from './console-header.tsx';
import { KeysHelp } from './keys-help.tsx';
import { Person } from './person/person.tsx';
import type { FollowedShow, FollowedShows } from './shows/followed-shows.ts';
import { SaleStops, stopSaleKey, useOpenSales } from './shows/sale-stops.tsx';
import { ShowList } from './shows/show-list.tsx';
import { type ConsoleState, useConsole } from './use-console.ts';
import { useConsoleKeys } from './use-console-keys.ts';
import { useStopping } from './use-stopping.ts';
import type { Waiting } from './waiting/waiting.ts';
import { WaitingList } from './waiting/waiting-list.tsx';
import type { WaitingAct } from './waiting/waiting-row.tsx';

export interface ConsoleProps {
  view: ShowView;
  show: FollowedShow;
  shows: readonly ShowCard[];
  followed: FollowedShows;
  deeds: Deeds;
}

const panel = 'flex min-h-0 flex-col rounded-large border border-line bg-surface-raised p-3';

/** The console with one show in sight: shows at the start, what waits and the feed in the middle, the person at the end. */
export function Console({ view, show, shows, followed, deeds }: ConsoleProps) {
  const { t } = useTranslation();
  const session = useSession();
  const isWide = useIsWide();
  const { feed, log } = show;
  const status = laterStatus(
    view.show.status,
    useFeed(feed, (state) => state.show.status),
  );
  const state = useConsole({ view, show, deeds });
  const stopping = useStopping(view.show.id);
  const sales = useOpenSales(feed);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isAnnouncing, setAnnouncing] = useState(false);
  const composer = useRef<HTMLInputElement>(null);
  const reasonField = useRef<HTMLInputElement>(null);
  useSeen(followed, show);
  useConsoleKeys({
    state,
    deeds,
    stopping,
    sales,
    shows,
    show,
    composer,
    reasonField,
    setAnnouncing,
    setHelpOpen,
  });
  const { onRowAct, onWaitingAct } = useRowHandlers(state);
  const person = <Person show={show} state={state} reasonField={reasonField} isSheet={!isWide} />;
  return (
    <div className="flex h-dvh flex-col bg-surface-sunken">
      <ConsoleHeader
        show={view.show}
        feed={feed}
        status={status}
        stopping={stopping}
        onHelp={() => setHelpOpen(true)}
      />
      <main className="grid min-h-0 flex-1 gap-3 p-3 max-lg:grid-rows-[auto_minmax(0,1fr)] lg:grid-cols-[14rem_minmax(0,1fr)_23rem] lg:grid-rows-[minmax(0,1fr)]">
        <div className={`${panel} gap-3 overflow-y-auto max-lg:border-none max-lg:bg-transparent max-lg:p-0`}>
          <ShowList shows={shows} followed={followed} currentId={view.show.id} />
          <SaleStops
            feed={feed}
            sales={sales}
            armed={state.armed}
            reason={state.saleReason}
            onReason={state.setSaleReason}
            onStop={(sale) => stopSale(state, sale)}
          />
        </div>
        <div className={`${panel} gap-2`}>
          {status === 'ended' ? (
            <EmptyState
              icon={<CircleStop />}
              title={t('moderation.ended')}
              text={t('moderation.endedText')}
            />
          ) : (
            <>
              <WaitingList
                waiting={state.waiting}
                log={log}
                selectedKey={state.selectedKey}
                onSelect={state.choose}
                onAct={onWaitingAct}
              />
              <PinnedMessage feed={feed} perform={state.perform} />
              <MessageFeed
                feed={feed}
                log={log}
                ownId={session?.userId}
                selectedId={state.subject?.waiting === null ? state.selectedKey : undefined}
                handled={state.deleted}
                onSelect={state.chooseMessage}
                onAct={onRowAct}
                onRelease={() => state.choose(undefined)}
                controls={state.drawn}
              />
              <ActLine deeds={deeds} undoKey="z">
                <span className="hidden items-center gap-1.5 text-text-muted pointer-fine:flex">
                  <KeyHint>I</KeyHint> {t('moderation.keyTexts.say')} <KeyHint>W</KeyHint>{' '}
                  {t('moderation.keyTexts.announce')}
                </span>
              </ActLine>
              <ChatComposer
                showId={view.show.id}
                isAnnouncing={isAnnouncing}
                onAnnouncing={setAnnouncing}
                inputRef={composer}
              />
            </>
          )}
        </div>
        {isWide ? (
          <aside aria-label={t('moderation.person')} className={`${panel} overflow-y-auto p-4`}>
            {person}
          </aside>
        ) : (
          person
        )}
      </main>
      <KeysHelp open={isHelpOpen} onOpenChange={setHelpOpen} />
    </div>
  );
}

/** Leaving a show notes how far it was read. */
function useSeen(followed: FollowedShows, { showId }: FollowedShow): void {
  useEffect(() => () => followed.markSeen(showId), [followed, showId]);
}

function stopSale(state: ConsoleState, sale: SaleState): void {
  state.armed.press(stopSaleKey(sale), () => state.stopSale(sale.saleId));
}

/** What the rows call; always the same functions, so that no row is drawn anew for them. */
function useRowHandlers(state: ConsoleState) {
  const latest = useRef(state);
  latest.current = state;
  const onRowAct = useCallback((message: ChatMessage, act: RowAct) => {
    const { perform, muteSeconds, reason } = latest.current;
    const { messageId, userId, name } = message;
    if (act === 'delete') perform({ kind: 'delete', messageId, reason });
    else perform({ kind: 'mute', person: { userId, name }, seconds: muteSeconds, reason });
  }, []);
  const onWaitingAct = useCallback((waiting: Waiting, kind: WaitingAct) => {
    latest.current.dealWith(waiting, waitingAct(waiting, kind, latest.current.reason));
  }, []);
  return { onRowAct, onWaitingAct };
}

function waitingAct(waiting: Waiting, kind: WaitingAct, reason: string): Act {
  if (waiting.kind === 'report') {
    return { kind: kind === 'dismiss' ? 'dismiss' : 'resolve', reportId: waiting.report.reportId };
  }
  const { messageId } = waiting.message;
  return { kind: kind === 'approve' ? 'approve' : 'reject', messageId, reason };
}
