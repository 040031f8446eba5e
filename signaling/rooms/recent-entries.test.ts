import { createId } from '@souk/protocol/ids';
import { BEGINNING, createEntry, type Entry } from '@souk/protocol/timeline/entries';
import { describe, expect, it } from 'vitest';
import { RECENT_ENTRIES, RecentEntries } from './recent-entries.ts';

function message(sequence: number, messageId = createId('message')): Entry {
  const entry = createEntry('chat:sent', sequence, {
    messageId,
    userId: createId('user'),
    name: 'Vera',
    role: 'viewer',
    text: 'hello',
  });
  return { ...entry, id: `${sequence}-0` } as Entry;
}

describe('recent entries', () => {
  it('gives exactly what came after an id, in order', () => {
    const recent = new RecentEntries(BEGINNING);
    for (const sequence of [1, 2, 3]) recent.add(message(sequence));
    expect(recent.findSince('1-0')?.map(({ id }) => id)).toEqual(['2-0', '3-0']);
    expect(recent.findSince('3-0')).toEqual([]);
    expect(recent.findSince(BEGINNING)).toHaveLength(3);
  });

  it('gives nothing rather than a part when too much was missed', () => {
    const recent = new RecentEntries(BEGINNING);
    const total = RECENT_ENTRIES * 5 + 7;
    for (let sequence = 1; sequence <= total; sequence += 1) recent.add(message(sequence));
    expect(recent.findSince(BEGINNING)).toBeUndefined();
    expect(recent.findSince(`${total - RECENT_ENTRIES * 2}-0`)).toBeUndefined();
    expect(recent.findSince(`${total - RECENT_ENTRIES}-0`)).toHaveLength(RECENT_ENTRIES);
    expect(new RecentEntries('9-0').findSince('8-0')).toBeUndefined();
    expect(new RecentEntries('9-0').findSince('9-0')).toEqual([]);
  });

  it('forgets the text of a deleted message and keeps the deletion', () => {
    const recent = new RecentEntries(BEGINNING);
    const messageId = createId('message');
    recent.add(message(1, messageId));
    recent.add({ ...createEntry('chat:deleted', 2, { messageId }), id: '2-0' } as Entry);
    expect(recent.findSince(BEGINNING)?.map(({ type }) => type)).toEqual(['chat:deleted']);
  });

  it('forgets all texts of messages that were purged: said, held or pinned', () => {
    const recent = new RecentEntries(BEGINNING);
    const said = message(1);
    if (said.type !== 'chat:sent') throw new Error('a message was expected');
    const { messageId, userId } = said.data;
    recent.add(said);
    recent.add({
      ...createEntry('chat:held', 2, { ...said.data, cause: 'review' }, userId),
      id: '2-0',
    } as Entry);
    recent.add({ ...createEntry('chat:pinned', 3, said.data), id: '3-0' } as Entry);
    recent.add({ ...createEntry('chat:purged', 4, { userId, messageIds: [messageId] }), id: '4-0' } as Entry);
    expect(recent.findSince(BEGINNING)?.map(({ type }) => type)).toEqual(['chat:purged']);
  });

  it('finds a message by its id until it is taken away', () => {
    const recent = new RecentEntries(BEGINNING);
    const messageId = createId('message');
    recent.add(message(1, messageId));
    for (let sequence = 2; sequence < 300; sequence += 1) recent.add(message(sequence));
    expect(recent.findMessage(messageId)?.data.name).toBe('Vera');
    expect(recent.findMessage(createId('message'))).toBeUndefined();
    recent.add({ ...createEntry('chat:deleted', 300, { messageId }), id: '300-0' } as Entry);
    expect(recent.findMessage(messageId)).toBeUndefined();
  });
});
