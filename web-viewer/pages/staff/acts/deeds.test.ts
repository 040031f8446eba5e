import { createId } from '@souk/protocol/ids';
import { describe, expect, it } from 'vitest';
import type { Act } from './acts.ts';
import { createDeeds, deletedIds, handledIds, isUndoable, UNDO_MS } from './deeds.ts';

const showId = createId('show');
const person = { userId: createId('guest'), name: 'Ana' };
const mute: Act = { kind: 'mute', person, seconds: 300, reason: 'spam' };
const ban: Act = { kind: 'ban', person, scope: 'show', reason: '' };

function setUp(refused: readonly string[] = []) {
  const sent: string[] = [];
  let nowMs = 0;
  const deeds = createDeeds({
    send: async (_showId, act) => {
      sent.push(act.kind);
      if (refused.includes(act.kind)) throw new Error('refused');
    },
    now: () => nowMs,
  });
  const states = () => deeds.store.getState().deeds.map(({ act, state }) => `${act.kind} ${state}`);
  return { deeds, sent, states, pass: (ms: number) => (nowMs += ms) };
}

describe('deeds', () => {
  it('takes the newest act back first, each once', async () => {
    const { deeds, sent } = setUp();
    await deeds.perform(showId, mute);
    await deeds.perform(showId, ban);
    expect([deeds.undoLast(), deeds.undoLast(), deeds.undoLast()]).toEqual([true, true, false]);
    expect(sent).toEqual(['mute', 'ban', 'unban', 'unmute']);
  });

  it('takes nothing back after ten seconds', async () => {
    const { deeds, pass } = setUp();
    await deeds.perform(showId, mute);
    pass(UNDO_MS);
    expect(deeds.undoLast()).toBe(false);
  });

  it('does not take the taking back', async () => {
    const { deeds } = setUp();
    await deeds.perform(showId, { kind: 'shadow-ban', person, reason: '' });
    expect(deeds.undoLast()).toBe(true);
    await Promise.resolve();
    expect(deeds.undoLast()).toBe(false);
  });

  it('says what failed, and offers no way back from it', async () => {
    const { deeds, states } = setUp(['mute']);
    await deeds.perform(showId, mute);
    expect(states()).toEqual(['mute failed']);
    expect(deeds.store.getState().deeds.some((deed) => isUndoable(deed, 0))).toBe(false);
  });

  it('gives a message back when its deletion failed', async () => {
    const { deeds } = setUp(['delete']);
    const [gone, back] = [createId('message'), createId('message')];
    const pending = deeds.perform(showId, { kind: 'approve', messageId: gone });
    expect(handledIds(deeds.store.getState().deeds)).toEqual(new Set([gone]));
    await pending;
    await deeds.perform(showId, { kind: 'delete', messageId: back });
    expect(handledIds(deeds.store.getState().deeds)).toEqual(new Set([gone]));
    expect(deletedIds(deeds.store.getState().deeds)).toEqual(new Set());
  });
});
