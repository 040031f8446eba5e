import type { WaitlistEntry } from '@souk/protocol/http/sales';
import type { SaleId, UserId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import type { Executor } from '../db/database.ts';
import type { OutboxItem } from '../outbox/outbox.ts';
import { listEntriesOf, type WaitlistRow } from './waitlist-repository.ts';

/** How many entries a list holds at most. */
const LIST_LIMIT = 50;
/** How long a buyer is told what became of the wait. */
const ENDED_SHOWN_MS = 600_000;

/** Where a buyer waits, what is offered, and what became of the wait in the last minutes; the newest first. */
export async function listWaits(
  db: Executor,
  buyerId: UserId,
  now: number,
  saleId?: SaleId,
): Promise<WaitlistEntry[]> {
  const options = { endedSince: now - ENDED_SHOWN_MS, limit: LIST_LIMIT };
  const rows = await listEntriesOf(db, buyerId, saleId === undefined ? options : { ...options, saleId });
  return rows.map(({ entry, place }) => toView(entry, place));
}

function toView(entry: WaitlistRow, place: number): WaitlistEntry {
  const { saleId, showId, status, holdId, offerExpiresAt: expiresAt } = entry;
  const isOffered = status === 'offered' && holdId !== null && expiresAt !== null;
  return {
    ...{ saleId, showId, status },
    place: status === 'waiting' ? place : null,
    offer: isOffered ? { holdId, expiresAt } : null,
  };
}

/** Tells a buyer that the wait is over, and how. */
export function toldOfEnd({ showId, saleId, buyerId, status }: WaitlistRow, now: number): OutboxItem {
  const entry = createEntry('waitlist:ended', now, { saleId, status }, buyerId);
  return { kind: 'timeline', showId, entry };
}
