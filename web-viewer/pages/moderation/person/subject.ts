import type { MessageId } from '@souk/protocol/ids';
import type { ChatMessage } from '@souk/protocol/timeline/state';
import type { Person } from '../../staff/acts/acts.ts';
import type { Waiting } from '../waiting/waiting.ts';

/** Whom and what the card is about: the author of a message, or what waits. */
export interface Subject {
  readonly key: string;
  readonly person: Person;
  readonly role: string | undefined;
  /** The message that can be deleted or pinned; null for a report of a person. */
  readonly messageId: MessageId | null;
  /** Null when this page does not know it. */
  readonly text: string | null;
  readonly waiting: Waiting | null;
}

export function subjectOfMessage(message: ChatMessage): Subject {
  const { messageId, userId, name, role, text } = message;
  return { key: messageId, person: { userId, name }, role, messageId, text, waiting: null };
}

/** `reported` is the message that a report is about, where the page knows it. */
export function subjectOfWaiting(waiting: Waiting, reported: ChatMessage | undefined): Subject {
  if (waiting.kind === 'held') return { ...subjectOfMessage(toShown(waiting)), key: waiting.key, waiting };
  const { userId, name, messageId } = waiting.report;
  return {
    key: waiting.key,
    person: { userId, name },
    role: reported?.role,
    messageId,
    text: reported?.text ?? null,
    waiting,
  };
}

function toShown({ message }: Extract<Waiting, { kind: 'held' }>): ChatMessage {
  return { ...message, repeats: 0 };
}
