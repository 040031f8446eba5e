import { createId } from '@souk/protocol/ids';
import { describe, expect, it } from 'vitest';
import { deedKeys, type OfferInput, offersOf } from './person-acts.ts';
import type { Subject } from './subject.ts';

const person = { userId: createId('guest'), name: 'Ana' };
const messageId = createId('message');
const subject: Subject = { key: messageId, person, role: 'guest', messageId, text: 'hello', waiting: null };
const input: OfferInput = {
  subject,
  isGone: false,
  standings: new Set(),
  isCrew: false,
  amCrew: false,
  muteSeconds: 300,
  reason: 'spam',
};
const names = (change: Partial<OfferInput>) => offersOf({ ...input, ...change }).map(({ name }) => name);
const messageFacts = { messageId, ...person, role: 'guest', text: 'hello' } as const;
const held = {
  kind: 'held',
  key: 'held',
  at: 1,
  message: { ...messageFacts, cause: 'review', entryId: '1-0', at: 1 },
} as const;
const report = {
  kind: 'report',
  key: 'report',
  at: 1,
  report: {
    reportId: createId('report'),
    messageId: null,
    ...person,
    reason: 'spam',
    note: '',
    count: 1,
    at: 1,
  },
} as const;

describe('what the card offers', () => {
  it('acts on a message and on its author', () => {
    expect(names({})).toEqual(['delete', 'pin', 'mute', 'shadow-ban', 'disconnect', 'ban']);
  });

  it('offers nothing about a message that is deleted, and still acts on its author', () => {
    expect(names({ isGone: true })).toEqual(['mute', 'shadow-ban', 'disconnect', 'ban']);
  });

  it('gives the reason along with every act that takes one', () => {
    const offers = [...offersOf(input), ...offersOf({ ...input, subject: { ...subject, waiting: held } })];
    const reasons = offers.flatMap(({ act }) => ('reason' in act ? [act.reason] : []));
    expect(reasons).toEqual(reasons.map(() => 'spam'));
    expect(offers.filter(({ act }) => !('reason' in act)).map(({ name }) => name)).toEqual(['pin']);
  });

  it('bans from every show only as crew', () => {
    expect(names({ amCrew: true })).toContain('ban-merchant');
  });

  it('offers the way back from what was done already', () => {
    const standings = new Set(['muted', 'shadow-banned', 'banned'] as const);
    expect(names({ standings, amCrew: true })).toEqual([
      'delete',
      'pin',
      'unmute',
      'shadow-unban',
      'disconnect',
      'unban',
    ]);
  });

  it('offers a moderator nothing against staff, and the crew their messages only', () => {
    expect(names({ isCrew: true })).toEqual([]);
    expect(names({ isCrew: true, amCrew: true })).toEqual(['delete', 'pin']);
  });

  it('lets a held message through or not, without deleting or pinning it', () => {
    expect(names({ subject: { ...subject, waiting: held } }).slice(0, 3)).toEqual([
      'approve',
      'reject',
      'mute',
    ]);
  });

  it('has no message to delete where a person was reported', () => {
    const offered = names({ subject: { ...subject, messageId: null, waiting: report } });
    expect(offered.slice(0, 3)).toEqual(['dismiss', 'resolve', 'mute']);
  });

  it('gives no two things of one card the same key', () => {
    for (const waiting of [null, held, report]) {
      const offered = names({ subject: { ...subject, waiting }, amCrew: true });
      expect(new Set(offered.map((name) => deedKeys[name])).size).toBe(offered.length);
    }
  });
});
