import { createId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { createEntry, type NewEntry } from '@souk/protocol/timeline/entries';

/** The first entry of a show, as commerce writes it. */
export function sampleShow(): NewEntry {
  return createEntry('show:created', 1, {
    title: 'Autumn lamps',
    merchantId: createId('merchant'),
    merchantName: 'Lumen & Co',
    hostId: createId('user'),
    hostName: 'Hana',
    currency: currencySchema.parse('EUR'),
    policy: { guestsMayChat: true, guestsMayBuy: true },
  });
}

/** A chat message of somebody new. */
export function sampleChat(): NewEntry {
  return createEntry('chat:sent', 2, {
    messageId: createId('message'),
    userId: createId('user'),
    name: 'Vera',
    role: 'viewer',
    text: 'hello',
  });
}
