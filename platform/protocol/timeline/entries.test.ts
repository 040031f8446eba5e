import { describe, expect, it } from 'vitest';
import { createId } from '../ids.ts';
import { randomEntries } from '../testing/random-entries.ts';
import { compareEntryIds, createEntry, mayHear, parseEntry, parseNewEntry, tellTo } from './entries.ts';

describe('entries', () => {
  it('are parsed back as they were written', () => {
    for (const entry of randomEntries(3, 200)) {
      expect(parseEntry(JSON.parse(JSON.stringify(entry)))).toEqual(entry);
    }
  });

  it('are refused when the type, the audience, the instant or the data do not fit', () => {
    const good = createEntry('product:pinned', 1, { productId: createId('product') });
    expect(() => parseNewEntry(good)).not.toThrow();
    const faults: object[] = [
      { type: 'product:glued' },
      { audience: 'everyone' },
      { audience: 'user:nobody' },
      { at: -1 },
      { at: 1.5 },
      { data: {} },
      { data: { ...good.data, extra: 1 } },
      { extra: 1 },
    ];
    for (const fault of faults) expect(() => parseNewEntry({ ...good, ...fault })).toThrow();
  });

  it('for one person name that person, and cannot be made without', () => {
    const userId = createId('user');
    const data = { orderId: createId('order'), status: 'paid' } as const;
    expect(createEntry('order:changed', 1, data, userId).audience).toBe(`user:${userId}`);
    expect(createEntry('user:unmuted', 1, { userId }, userId).audience).toBe(`staff+user:${userId}`);
    expect(() => createEntry('order:changed', 1, data)).toThrow(RangeError);
  });

  it.each([
    ['all', true, true, true],
    ['staff', false, false, true],
    ['user:usr_me', true, false, false],
    ['staff+user:usr_me', true, false, true],
  ] as const)('for %s are heard by whom they are for', (audience, me, other, staff) => {
    expect(mayHear(audience, { userId: 'usr_me', isStaff: false })).toBe(me);
    expect(mayHear(audience, { userId: 'usr_other', isStaff: false })).toBe(other);
    expect(mayHear(audience, { userId: 'usr_staff', isStaff: true })).toBe(staff);
  });

  it('are ordered by number, not by letter', () => {
    const ids = ['10-0', '9-0', '9-10', '9-2', '1700000000000-0'];
    expect(ids.sort(compareEntryIds)).toEqual(['9-0', '9-2', '9-10', '10-0', '1700000000000-0']);
    expect(compareEntryIds('5-1', '5-1')).toBe(0);
  });

  it('do not tell a shadow-banned person that only the staff hears them too', () => {
    const userId = createId('user');
    const audience = `staff+user:${userId}` as const;
    const data = { messageId: createId('message'), userId, name: 'Vi', role: 'viewer', text: 'hi' } as const;
    const sent = { ...createEntry('chat:sent', 1, data), audience };
    expect(tellTo(sent, { userId, isStaff: false }).audience).toBe('all');
    expect(tellTo(sent, { userId, isStaff: true }).audience).toBe(audience);
    for (const entry of [
      createEntry('user:unmuted', 1, { userId }, userId),
      { type: 'from:tomorrow', audience },
    ])
      expect(tellTo(entry, { userId, isStaff: false }).audience).toBe(audience);
  });
});
