import type { ChatMessage } from '@souk/protocol/timeline/state';
import type { Waiting } from '../waiting/waiting.ts';
import { type Subject, subjectOfMessage, subjectOfWaiting } from './subject.ts';

/** What was chosen: something that waits, by its key alone, or a message of the feed. */
export interface Chosen {
  readonly key: string;
  /** The message itself: the log of a busy show forgets it within seconds. Null for what waits. */
  readonly message: ChatMessage | null;
}

/**
 * What the choice stands for. It stays what it was when somebody else has dealt with it: the card does not change
 * under the hand. `item`: what waits under that key still; `reported`: the message that it is about, where it is known.
 */
export function findSubject(
  { key, message }: Chosen,
  item: Waiting | undefined,
  reported: ChatMessage | undefined,
  last: Subject | undefined,
): Subject | undefined {
  const isKnown = last?.key === key;
  if (item !== undefined) {
    // A raised count of a report is news; the text, once found, is kept.
    const subject = subjectOfWaiting(item, reported);
    return isKnown && subject.text === null ? { ...subject, text: last.text, role: last.role } : subject;
  }
  if (isKnown) return last;
  return message === null ? undefined : subjectOfMessage(message);
}
