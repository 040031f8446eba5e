import { createId } from '@souk/protocol/ids';
import { describe, expect, it } from 'vitest';
import { createFakeConnection } from '../testing/fake-connection.ts';
import { Members } from './members.ts';

describe('members', () => {
  it('count people, not connections, and no staff', () => {
    const members = new Members();
    const [vera, mo] = [createId('user'), createId('user')];
    const tabs = [vera, vera, mo].map((userId) => ({
      connection: createFakeConnection(userId),
      isStaff: false,
      isBehind: false,
    }));
    for (const member of tabs) members.add(member);
    expect([members.size, members.viewers]).toEqual([3, 2]);
    const [firstTab, , moderator] = tabs;
    if (!firstTab || !moderator) throw new Error('three members were expected');
    members.setStaff(moderator, true);
    expect([members.viewers, members.hasStaff]).toEqual([1, true]);
    members.remove(firstTab);
    expect(members.viewers).toBe(1);
    members.remove(moderator);
    expect([members.size, members.hasStaff]).toEqual([1, false]);
    expect(members.ofPerson(mo)).toEqual([]);
  });
});
