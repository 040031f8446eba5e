import type { MerchantId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import type { Tx } from '../db/database.ts';
import type { ShowPlace } from '../moderation/ban-repository.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { findOpenShowIds } from '../shows/show-repository.ts';
import { readFilterParts, toChatFilter } from './chat-rules.ts';

/** Tells the filter of a show as it is now. The lock of the merchant's rules must be held. */
export async function tellFilter(tx: Tx, outbox: Outbox, place: ShowPlace, clock: Clock): Promise<void> {
  const filter = toChatFilter(await readFilterParts(tx, place));
  const entry = createEntry('chat-filter:changed', clock.now(), filter);
  await outbox.publish(tx, { kind: 'timeline', showId: place.showId, entry });
}

/** The same for every open show of a shop. */
export async function tellFilters(
  tx: Tx,
  outbox: Outbox,
  merchantId: MerchantId,
  clock: Clock,
): Promise<void> {
  for (const showId of await findOpenShowIds(tx, merchantId))
    await tellFilter(tx, outbox, { showId, merchantId }, clock);
}
