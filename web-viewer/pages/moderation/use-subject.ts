import { useRef } from 'react';
import { useStore } from 'zustand';
import type { MessageLog } from '../staff/messages/message-log.ts';
import { type Chosen, findSubject } from './person/chosen.ts';
import type { Subject } from './person/subject.ts';
import type { Waiting } from './waiting/waiting.ts';

/** What the choice stands for; undefined without one. */
export function useSubject(
  chosen: Chosen | undefined,
  waiting: readonly Waiting[],
  log: MessageLog,
): Subject | undefined {
  const item = waiting.find((each) => each.key === chosen?.key);
  const reportedId = item?.kind === 'report' ? item.report.messageId : null;
  // Only what is looked for: the console is not drawn anew for each batch of messages.
  const reported = useStore(log.store, ({ messages }) =>
    reportedId === null ? undefined : messages.find(({ messageId }) => messageId === reportedId),
  );
  const last = useRef<Subject>(undefined);
  last.current = chosen === undefined ? undefined : findSubject(chosen, item, reported, last.current);
  return last.current;
}
