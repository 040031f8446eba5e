import { createId } from '@souk/protocol/ids';
import type { HeldMessage, OpenReport } from '@souk/protocol/timeline/state';
import { describe, expect, it } from 'vitest';
import { keepPlaces, placed, waitingOf } from './waiting.ts';

const userId = createId('guest');
const held = (at: number): HeldMessage => ({
  messageId: createId('message'),
  userId,
  name: 'Ana',
  role: 'guest',
  text: 'one',
  cause: 'review',
  entryId: `${at}-0`,
  at,
});
const report = (at: number): OpenReport => ({
  reportId: createId('report'),
  messageId: null,
  userId,
  name: 'Ana',
  reason: 'spam',
  note: '',
  count: 1,
  at,
});
const [first, second, third] = [held(1), report(2), held(3)];
const state = { held: [first, third], reports: { [second.reportId]: second } };
const keys = [`held-${first.messageId}`, second.reportId, `held-${third.messageId}`];

describe('what waits for a moderator', () => {
  it('comes in the order of its waiting, held messages and reports together', () => {
    expect(waitingOf(state, new Set()).map(({ key }) => key)).toEqual(keys);
  });

  it('leaves out what was dealt with here a moment ago', () => {
    const handled = new Set<string>([first.messageId, second.reportId]);
    expect(waitingOf(state, handled).map(({ key }) => key)).toEqual([keys[2]]);
  });

  it('keeps its place while somebody is about to press, also when another moderator was quicker', () => {
    const drawn = placed(waitingOf(state, new Set()));
    const late = held(0);
    const present = waitingOf({ held: [late, third], reports: state.reports }, new Set());
    const kept = keepPlaces(drawn, present);
    expect(kept.map(({ waiting }) => waiting.key)).toEqual([...keys, `held-${late.messageId}`]);
    expect(kept.map(({ isGone }) => isGone)).toEqual([true, false, false, false]);
  });
});
