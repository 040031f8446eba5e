import type { WaitlistEntry } from '@souk/protocol/http/sales';
import type { ShowId } from '@souk/protocol/ids';
import type { Entry } from '@souk/protocol/timeline/entries';

export type WaitlistNews = Extract<Entry, { type: 'waitlist:offered' | 'waitlist:ended' }>;

export function isWaitlistNews(entry: Entry): entry is WaitlistNews {
  return entry.type === 'waitlist:offered' || entry.type === 'waitlist:ended';
}

/** The entries of this person after such news: an offer is laid in, what is over is taken off. */
export function takeNews(
  entries: readonly WaitlistEntry[],
  showId: ShowId,
  news: WaitlistNews,
): WaitlistEntry[] {
  const { saleId } = news.data;
  const others = entries.filter((entry) => entry.saleId !== saleId);
  if (news.type === 'waitlist:ended') return others;
  const { holdId, expiresAt } = news.data;
  return [...others, { saleId, showId, status: 'offered', place: null, offer: { holdId, expiresAt } }];
}
