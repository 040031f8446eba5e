import type { ChatMessage } from '@souk/protocol/timeline/state';
import { Inbox } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useFormat } from '../../../i18n/use-format.ts';
import { Badge } from '../../../ui/badge.tsx';
import { KeyHint } from '../../staff/key-hint.tsx';
import { clickedRow } from '../../staff/messages/clicked-row.ts';
import type { MessageLog } from '../../staff/messages/message-log.ts';
import { usePointerHold } from '../../staff/messages/use-pointer-hold.ts';
import { usePlaced } from './use-placed.ts';
import type { Waiting } from './waiting.ts';
import { WaitingRow, type WaitingRowProps } from './waiting-row.tsx';

const NONE: readonly ChatMessage[] = [];

/** More are not drawn at once; they come up as those above are dealt with. */
const MOST_ROWS = 50;

export interface WaitingListProps {
  waiting: readonly Waiting[];
  log: MessageLog;
  selectedKey: string | undefined;
  onSelect: (key: string) => void;
  onAct: WaitingRowProps['onAct'];
}

/** Held messages and reports, what waits longest first. Nothing in it moves while somebody is about to press. */
export function WaitingList({ waiting, log, selectedKey, onSelect, onAct }: WaitingListProps) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const hold = usePointerHold();
  const chosenKey = waiting.some(({ key }) => key === selectedKey) ? selectedKey : undefined;
  const rows = usePlaced(waiting, hold.isHeld, chosenKey);
  const textOf = useTexts(log, waiting);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (selectedKey === undefined) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-row="${selectedKey}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }, [selectedKey]);
  return (
    <section aria-label={t('moderation.waiting')} className="flex max-h-[42%] shrink-0 flex-col gap-1">
      <h2 className="flex min-h-6 items-center gap-2 text-sm font-semibold">
        {t('moderation.waiting')}
        <Badge
          role="status"
          tone={waiting.length === 0 ? 'neutral' : 'danger'}
          data-testid="waiting-count"
          className="figures h-5 px-2"
        >
          {waiting.length === 0
            ? t('moderation.nothingWaits')
            : t('moderation.waitingCount', { count: waiting.length, shown: count(waiting.length) })}
        </Badge>
        {waiting.length > 0 && (
          <span className="ms-auto hidden items-center gap-1 text-xs font-normal text-text-muted pointer-fine:flex">
            <KeyHint>G</KeyHint> {t('moderation.keysFirst')}
          </span>
        )}
        {waiting.length === 0 && <Inbox aria-hidden className="ms-auto size-4 text-text-muted" />}
      </h2>
      {rows.length > 0 && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has keys of its own for this
        <ol
          ref={list}
          onClick={(event) => {
            const key = clickedRow(event);
            if (key !== undefined) onSelect(key);
          }}
          className="min-h-0 overflow-y-auto overscroll-contain border-b border-line pb-2"
          {...hold.handlers}
        >
          {rows.slice(0, MOST_ROWS).map(({ waiting: each, isGone }) => (
            <WaitingRow
              key={each.key}
              waiting={each}
              reportedText={each.kind === 'report' ? textOf(each.report.messageId) : undefined}
              isGone={isGone}
              isSelected={each.key === selectedKey}
              onAct={onAct}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

/** Finds the text of a message in the log, and keeps it for when the log has gone on. */
function useTexts(
  log: MessageLog,
  waiting: readonly Waiting[],
): (messageId: string | null) => string | undefined {
  const isAsked = waiting.some(({ kind }) => kind === 'report');
  const messages = useStore(log.store, (state) => (isAsked ? state.messages : NONE));
  const known = useRef(new Map<string, string>());
  return (messageId) => {
    if (messageId === null) return undefined;
    const text = known.current.get(messageId) ?? messages.find((each) => each.messageId === messageId)?.text;
    if (text !== undefined) known.current.set(messageId, text);
    return text;
  };
}
