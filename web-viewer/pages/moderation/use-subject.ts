import type { ChatMessage } from '@souk/protocol/timeline/state';
import { useRef } from 'react';
import { useStore } from 'zustand';
import type { MessageLog } from '../staff/messages/message-log.ts';
import { type Subject, subjectOfMessage, subjectOfWaiting } from './person/subject.ts';
import type { Waiting } from './waiting/waiting.ts';

/**
 * What the chosen key stands for. It stays what it was when the message has been pushed out of the log, or when
 * somebody else has dealt with it: the card does not change under the hand. Undefined without a choice.
 */
export function useSubject(
  selectedKey: string | undefined,
  waiting: readonly Waiting[],
  log: MessageLog,
): Subject | undefined {
  const messages = useStore(log.store, (state) => state.messages);
  const last = useRef<Subject>(undefined);
  if (selectedKey === undefined) last.current = undefined;
  else last.current = findSubject(selectedKey, last.current, waiting, messages);
  return last.current;
}

function findSubject(
  key: string,
  last: Subject | undefined,
  waiting: readonly Waiting[],
  messages: readonly ChatMessage[],
): Subject | undefined {
  const item = waiting.find((each) => each.key === key);
  const isKnown = last?.key === key;
  if (item !== undefined) {
    // A raised count of a report is news; the text, once found, is kept.
    const subject = subjectOfWaiting(item, messages);
    return isKnown && subject.text === null ? { ...subject, text: last.text, role: last.role } : subject;
  }
  if (isKnown) return last;
  const message = messages.find(({ messageId }) => messageId === key);
  return message === undefined ? undefined : subjectOfMessage(message);
}
