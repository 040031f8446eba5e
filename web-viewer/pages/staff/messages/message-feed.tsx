import type { ChatMessage } from '@souk/protocol/timeline/state';
import { ArrowDown, MessagesSquare } from 'lucide-react';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { useMediaQuery } from '../../../ui/use-media-query.ts';
import { clickedRow } from './clicked-row.ts';
import type { MessageLog } from './message-log.ts';
import { MessageRow, type MessageRowProps } from './message-row.tsx';
import { useAway, useEndScroll } from './use-end-scroll.ts';
import { usePointerHold } from './use-pointer-hold.ts';
import { useIsCrew, useStanding } from './use-standing.ts';
import { type StillMessages, useStill } from './use-still.ts';

export interface MessageFeedProps {
  feed: ShowFeed;
  log: MessageLog;
  ownId: string | undefined;
  selectedId: string | undefined;
  /** Messages that were dealt with on this page a moment ago. */
  handled: ReadonlySet<string>;
  onSelect: (message: ChatMessage) => void;
  onAct: MessageRowProps['onAct'];
  /** The reader wants the newest ones again. */
  onRelease: () => void;
  controls?: Ref<FeedControls>;
}

/** For whoever moves through the feed by keys. */
export interface FeedControls {
  /** The rows that are drawn, oldest first. */
  readonly rows: StillMessages['rows'];
  /** Back to the newest ones, wherever the reader is. */
  release(): void;
}

/** The show's messages, newest last. Nothing moves while one is chosen, read, or about to be pressed. */
export function MessageFeed(props: MessageFeedProps) {
  const { feed, log, ownId, selectedId, handled, onSelect, onAct, onRelease, controls } = props;
  const { t } = useTranslation();
  const { count, timeOfDay } = useFormat();
  const areActionsShown = !useMediaQuery('(pointer: fine)');
  const movedAt = useRef(Number.NEGATIVE_INFINITY);
  const hold = usePointerHold(movedAt);
  const { isAway, setAway } = useAway();
  const isHeld = hold.isHeld || isAway || selectedId !== undefined;
  const still = useStill(log, isHeld);
  const { rows, gone, newer } = still;
  const { ref, onScroll, toEnd } = useEndScroll(
    {
      isHeld,
      firstId: rows[0]?.messageId,
      lastId: rows.at(-1)?.messageId,
      onNearTop: still.showOlder,
      onNearBottom: still.showNewer,
      movedAt,
    },
    setAway,
  );
  useFocusRow(ref, selectedId);
  const standingOf = useStanding(feed);
  const isCrew = useIsCrew(feed);
  const letGo = (): void => {
    toEnd();
    setAway(false);
    hold.release();
  };
  useImperativeHandle(controls, () => ({ rows, release: letGo }));
  const release = (): void => {
    onRelease();
    letGo();
  };
  return (
    <div className="relative flex min-h-0 flex-1 flex-col" {...hold.handlers}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has keys of its own for this */}
      <ol
        ref={ref}
        onClick={(event) => {
          const id = clickedRow(event);
          const message = rows.find(({ messageId }) => messageId === id);
          if (message !== undefined) onSelect(message);
        }}
        data-testid="message-feed"
        aria-label={t('staff.chat')}
        onScroll={onScroll}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain [overflow-anchor:none]"
      >
        {rows.map((message) => (
          <MessageRow
            key={message.messageId}
            message={message}
            standing={standingOf(message.userId)}
            isCrew={isCrew(message.userId, message.role)}
            isOwn={message.userId === ownId}
            isGone={gone.has(message.messageId) || handled.has(message.messageId)}
            isSelected={message.messageId === selectedId}
            onAct={onAct}
            areActionsShown={areActionsShown}
            t={t}
            timeOfDay={timeOfDay}
          />
        ))}
      </ol>
      {rows.length === 0 && <QuietChat />}
      {(isAway || newer > 0) && (
        <Button
          size="small"
          variant="solid"
          data-testid="to-newest"
          className="absolute inset-x-0 bottom-2 mx-auto w-fit rounded-full shadow-float"
          onClick={release}
        >
          <ArrowDown aria-hidden className="size-4" />
          {newer > 0 ? t('staff.newMessages', { count: newer, shown: count(newer) }) : t('staff.toNewest')}
        </Button>
      )}
    </div>
  );
}

/** The chosen row has the focus, so that screen readers say it; it is scrolled into sight, others are not moved. */
function useFocusRow(list: { readonly current: HTMLElement | null }, selectedId: string | undefined): void {
  const focused = useRef<string>(undefined);
  useEffect(() => {
    if (focused.current === selectedId) return;
    focused.current = selectedId;
    if (selectedId === undefined) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-row="${selectedId}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }, [list, selectedId]);
}

function QuietChat() {
  const { t } = useTranslation();
  return (
    <div className="pointer-events-none absolute inset-0 grid place-content-center justify-items-center gap-2 px-6 text-center text-sm text-text-muted">
      <MessagesSquare aria-hidden className="size-6" />
      <p>{t('staff.chatEmpty')}</p>
    </div>
  );
}
