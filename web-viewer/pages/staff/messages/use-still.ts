import type { ChatMessage } from '@souk/protocol/timeline/state';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { MessageLog } from './message-log.ts';
import { growAtEnd, holdStill, ROWS, type StillWindow, showOlder } from './still-window.ts';

export interface StillMessages {
  /** The rows to draw, oldest first. */
  readonly rows: readonly ChatMessage[];
  readonly gone: ReadonlySet<string>;
  /** Messages that came since the list is held still, also those that are drawn below by now. */
  readonly newer: number;
  readonly hasOlder: boolean;
  showOlder(): void;
}

const idOf = ({ messageId }: ChatMessage): string => messageId;

/** The newest messages; while `isHeld`, nothing that is drawn moves. */
export function useStill(log: MessageLog, isHeld: boolean): StillMessages {
  const { messages, gone, total } = useStore(log.store);
  const held = useRef<{ window: StillWindow<ChatMessage>; total: number; log: MessageLog } | null>(null);
  const [, drawAnew] = useState(0);
  if (!isHeld || held.current?.log !== log) held.current = null;
  if (isHeld) {
    held.current ??= { window: holdStill(messages), total, log };
    held.current.window = growAtEnd(held.current.window, messages, idOf);
  }
  const still = held.current;
  return {
    rows: still === null ? messages.slice(-ROWS) : still.window.items.slice(still.window.from),
    gone,
    newer: still === null ? 0 : total - still.total,
    hasOlder: (still?.window.from ?? 0) > 0,
    showOlder() {
      if (still === null) return;
      still.window = showOlder(still.window);
      drawAnew((count) => count + 1);
    },
  };
}
