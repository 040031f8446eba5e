import type { MerchantId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import type { Tx } from '../db/database.ts';
import type { ShowPlace } from '../moderation/ban-repository.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { readFilterParts, readOpenFilters, toChatFilter } from './chat-rules.ts';

/** Tells the filter of a show as it is now. The lock of the merchant's rules must be held. */
export async function tellFilter(tx: Tx, outbox: Outbox, place: ShowPlace, clock: Clock): Promise<void> {
  const filter = toChatFilter(await readFilterParts(tx, place));
  const entry = createEntry('chat-filter:changed', clock.now(), filter);
  await outbox.publish(tx, { kind: 'timeline', showId: place.showId, entry });
}

/** The same for every open show of a shop, in as many statements for a hundred shows as for one: the lock is held meanwhile. */
export async function tellFilters(
  tx: Tx,
  outbox: Outbox,
  merchantId: MerchantId,
  clock: Clock,
): Promise<void> {
  const now = clock.now();
  const items = (await readOpenFilters(tx, merchantId)).map(({ showId, filter }) => {
    const entry = createEntry('chat-filter:changed', now, filter);
    return { kind: 'timeline', showId, entry } as const;
  });
  await outbox.publish(tx, ...items);
}
