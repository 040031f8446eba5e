import { createId } from '@souk/protocol/ids';
import { type Entry, parseEntry } from '@souk/protocol/timeline/entries';
import { describe, expect, it } from 'vitest';
import type { HeardEntry } from '../../clients/show-follower.ts';
import { measureChatDelivery } from './chat-delivery.ts';

const userId = createId('guest');
const messages = [1, 2, 3].map((number): Entry => {
  const data = { messageId: createId('message'), userId, name: 'Guest', role: 'guest', text: 'Hello' };
  return parseEntry({ id: `${number}-0`, at: number, type: 'chat:sent', audience: 'all', data });
});
const sent = messages.map((entry) => ({
  messageId: entry.type === 'chat:sent' ? entry.data.messageId : '',
  entryId: entry.id,
  ackMs: 1,
}));
const hear = (...numbers: number[]): HeardEntry[] =>
  numbers.flatMap((number) => {
    const entry = messages[number - 1];
    return entry === undefined ? [] : [{ entry, heardAt: entry.at + 10 }];
  });

describe('chat delivery', () => {
  it('is whole when everybody heard everything once, in order', () => {
    const delivery = measureChatDelivery(sent, [hear(1, 2, 3), hear(1, 2, 3)]);
    expect(delivery).toMatchObject({ expected: 6, missing: 0, surplus: 0, outOfOrder: 0 });
    expect(delivery.latenciesMs).toEqual([10, 10, 10, 10, 10, 10]);
  });

  it('counts what a listener never heard', () => {
    expect(measureChatDelivery(sent, [hear(1, 3), hear(1, 2, 3)]).missing).toBe(1);
  });

  it('counts what came twice', () => {
    expect(measureChatDelivery(sent, [hear(1, 2, 2, 3)]).surplus).toBe(1);
  });

  it('counts what came too late', () => {
    expect(measureChatDelivery(sent, [hear(1, 3, 2)]).outOfOrder).toBe(1);
  });
});
