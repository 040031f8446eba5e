import type { ChatMessage } from '@souk/protocol/timeline/state';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { MessageLog } from './message-log.ts';
import { growAtEnd, holdStill, ROWS, type StillWindow, showNewer, showOlder } from './still-window.ts';

export interface StillMessages {
  /** The rows to draw, oldest first. */
  readonly rows: readonly ChatMessage[];
  readonly gone: ReadonlySet<string>;
  /** Messages that came since the list is held still, also those that are drawn below by now. */
  readonly newer: number;
  /** Draw more of them at an edge of the list, where there are more. */
  showOlder(): void;
  showNewer(): void;
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
  const show = (more: (window: StillWindow<ChatMessage>) => StillWindow<ChatMessage>): void => {
    if (still === null || more(still.window) === still.window) return;
    still.window = more(still.window);
    drawAnew((count) => count + 1);
  };
  return {
    rows:
      still === null ? messages.slice(-ROWS) : still.window.items.slice(still.window.from, still.window.to),
    gone,
    newer: still === null ? 0 : total - still.total,
    showOlder: () => show(showOlder),
    showNewer: () => show(showNewer),
  };
}
