import { createId } from '@souk/protocol/ids';
import { describe, expect, it } from 'vitest';
import { type Act, undoOf } from './acts.ts';

const person = { userId: createId('guest'), name: 'Ana' };
const messageId = createId('message');

describe('taking an act back', () => {
  it.each<[Act, Act['kind']]>([
    [{ kind: 'mute', person, seconds: 300, reason: 'spam' }, 'unmute'],
    [{ kind: 'ban', person, scope: 'show', reason: '' }, 'unban'],
    [{ kind: 'ban', person, scope: 'merchant', reason: '' }, 'unban'],
    [{ kind: 'shadow-ban', person, reason: '' }, 'shadow-unban'],
    [{ kind: 'pin', messageId }, 'unpin'],
    [{ kind: 'unpin', messageId }, 'pin'],
    [{ kind: 'approve', messageId }, 'delete'],
  ])('%o is taken back by %s', (act, back) => {
    expect(undoOf(act)?.kind).toBe(back);
  });

  it.each<Act>([
    { kind: 'delete', messageId },
    { kind: 'reject', messageId },
    { kind: 'disconnect', person, reason: '' },
  ])('%o cannot be: a deleted text is gone, and who was sent out may come back', (act) => {
    expect(undoOf(act)).toBeUndefined();
  });
});
