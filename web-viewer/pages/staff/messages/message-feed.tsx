import { ArrowDown, MessagesSquare } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { Button } from '../../../ui/button.tsx';
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
  onSelect: MessageRowProps['onSelect'];
  onAct: MessageRowProps['onAct'];
  /** The reader wants the newest ones again. */
  onRelease: () => void;
  /** Told of the rows that are drawn, for whoever moves through them by keys. */
  onRows?: (rows: StillMessages['rows']) => void;
}

/** The show's messages, newest last. Nothing moves while one is chosen, read, or about to be pressed. */
export function MessageFeed(props: MessageFeedProps) {
  const { feed, log, ownId, selectedId, handled, onSelect, onAct, onRelease, onRows } = props;
  const { t } = useTranslation();
  const { count } = useFormat();
  const hold = usePointerHold();
  const { isAway, setAway } = useAway();
  const isHeld = hold.isHeld || isAway || selectedId !== undefined;
  const still = useStill(log, isHeld);
  const { rows, gone, newer } = still;
  const { ref, onScroll, toEnd } = useEndScroll(
    {
      isHeld,
      firstId: rows[0]?.messageId,
      lastId: rows.at(-1)?.messageId,
      onNearTop: () => still.showOlder(),
    },
    setAway,
  );
  useEffect(() => onRows?.(rows), [onRows, rows]);
  useFocusRow(ref, selectedId);
  const standingOf = useStanding(feed);
  const isCrew = useIsCrew(feed);
  const release = (): void => {
    onRelease();
    toEnd();
    setAway(false);
  };
  return (
    <div className="relative flex min-h-0 flex-1 flex-col" {...hold.handlers}>
      <ol
        ref={ref}
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
            onSelect={onSelect}
            onAct={onAct}
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
