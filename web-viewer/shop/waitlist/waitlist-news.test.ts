import type { WaitlistEntry } from '@souk/protocol/http/sales';
import { createId } from '@souk/protocol/ids';
import { expect, it } from 'vitest';
import { takeNews, type WaitlistNews } from './waitlist-news.ts';

const showId = createId('show');
const [first, second] = [createId('sale'), createId('sale')];
const waiting = (saleId: typeof first): WaitlistEntry => ({
  saleId,
  showId,
  status: 'waiting',
  place: 2,
  offer: null,
});
const heard = { id: '1-0', at: 1, audience: `user:${createId('user')}` } as const;

it('lays an offer in, in the place of the waiting', () => {
  const offer = { holdId: createId('hold'), expiresAt: 60_000 };
  const news: WaitlistNews = { ...heard, type: 'waitlist:offered', data: { saleId: first, ...offer } };
  expect(takeNews([waiting(first), waiting(second)], showId, news)).toEqual([
    waiting(second),
    { saleId: first, showId, status: 'offered', place: null, offer },
  ]);
});

it('takes off what is over, and that alone', () => {
  const news: WaitlistNews = {
    ...heard,
    type: 'waitlist:ended',
    data: { saleId: first, status: 'passed' },
  };
  expect(takeNews([waiting(first), waiting(second)], showId, news)).toEqual([waiting(second)]);
});
