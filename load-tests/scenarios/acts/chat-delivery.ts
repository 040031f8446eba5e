import { compareEntryIds } from '@souk/protocol/timeline/entries';
import type { HeardEntry } from '../../clients/show-follower.ts';
import type { SentMessage } from './chat.ts';

export interface ChatDelivery {
  /** Deliveries that there should be, and that never came. */
  readonly expected: number;
  readonly missing: number;
  /** Deliveries that came again, or of messages that nobody sent. */
  readonly surplus: number;
  /** Messages that came after a later one. */
  readonly outOfOrder: number;
  /** From the server's instant to the arrival at each client, milliseconds. */
  readonly latenciesMs: readonly number[];
}

/** Compares what was accepted with what each listener heard. */
export function measureChatDelivery(
  sent: readonly SentMessage[],
  listeners: readonly (readonly HeardEntry[])[],
): ChatDelivery {
  const accepted = new Set(sent.map(({ messageId }) => messageId));
  const figures = listeners.map((heard) => measureListener(accepted, heard));
  const sum = (pick: (figure: ListenerFigures) => number): number =>
    figures.reduce((total, figure) => total + pick(figure), 0);
  return {
    expected: accepted.size * listeners.length,
    missing: sum(({ missing }) => missing),
    surplus: sum(({ surplus }) => surplus),
    outOfOrder: sum(({ outOfOrder }) => outOfOrder),
    latenciesMs: figures.flatMap(({ latenciesMs }) => latenciesMs),
  };
}

interface ListenerFigures {
  readonly missing: number;
  readonly surplus: number;
  readonly outOfOrder: number;
  readonly latenciesMs: readonly number[];
}

function measureListener(accepted: ReadonlySet<string>, heard: readonly HeardEntry[]): ListenerFigures {
  const messages = heard.flatMap(({ entry, heardAt }) =>
    entry.type === 'chat:sent'
      ? [{ id: entry.id, messageId: entry.data.messageId, latencyMs: heardAt - entry.at }]
      : [],
  );
  const known = new Set(
    messages.map(({ messageId }) => messageId).filter((messageId) => accepted.has(messageId)),
  );
  const outOfOrder = messages.filter(({ id }, index) => {
    const former = messages[index - 1];
    return former !== undefined && compareEntryIds(former.id, id) > 0;
  });
  return {
    missing: accepted.size - known.size,
    surplus: messages.length - known.size,
    outOfOrder: outOfOrder.length,
    latenciesMs: messages.map(({ latencyMs }) => latencyMs),
  };
}
