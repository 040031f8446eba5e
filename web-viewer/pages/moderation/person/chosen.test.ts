import { createId } from '@souk/protocol/ids';
import type { ChatMessage } from '@souk/protocol/timeline/state';
import { describe, expect, it } from 'vitest';
import type { Waiting } from '../waiting/waiting.ts';
import { findSubject } from './chosen.ts';
import { subjectOfMessage } from './subject.ts';

const messageId = createId('message');
const facts = { messageId, userId: createId('guest'), name: 'Ana', role: 'guest', text: 'hello' } as const;
const message: ChatMessage = { ...facts, entryId: '1-0', at: 1, repeats: 0 };
const reportId = createId('report');
const report: Waiting = {
  kind: 'report',
  key: reportId,
  at: 1,
  report: { ...facts, reportId, reason: 'spam', note: '', count: 1, at: 1 },
};

describe('what a choice stands for', () => {
  it('is the message itself, also when the log of a busy show has forgotten it', () => {
    expect(findSubject({ key: messageId, message }, undefined, undefined, undefined)).toEqual(
      subjectOfMessage(message),
    );
  });

  it('is another one as soon as another one is chosen', () => {
    const last = subjectOfMessage({ ...message, messageId: createId('message') });
    expect(findSubject({ key: messageId, message }, undefined, undefined, last)?.messageId).toBe(messageId);
  });

  it('keeps the text of a reported message that the log has forgotten', () => {
    const chosen = { key: report.key, message: null };
    const first = findSubject(chosen, report, message, undefined);
    expect(first?.text).toBe('hello');
    expect(findSubject(chosen, report, undefined, first)?.text).toBe('hello');
  });

  it('stays what it was when somebody else has dealt with it', () => {
    const chosen = { key: report.key, message: null };
    const first = findSubject(chosen, report, undefined, undefined);
    expect(findSubject(chosen, undefined, undefined, first)).toBe(first);
  });
});
