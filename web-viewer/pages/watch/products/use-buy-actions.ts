import type { WaitlistEntry } from '@souk/protocol/http/sales';
import type { ShowId } from '@souk/protocol/ids';
import type { Offer } from '../../../shop/offer.ts';
import { useBuy } from '../../../shop/use-buy.ts';
import { useJoinWaitlist } from '../../../shop/waitlist/use-wait.ts';
import { useWaitlist } from '../../../shop/waitlist/use-waitlist.ts';

export interface BuyActions {
  readonly buy: ReturnType<typeof useBuy>;
  readonly join: ReturnType<typeof useJoinWaitlist>;
  /** This person's place in line for the offer's sale; undefined while there is none, or an offer was made. */
  readonly waiting: WaitlistEntry | undefined;
  /** A unit of the offer's sale is kept for this person, who waited for it. */
  readonly isOffered: boolean;
  readonly error: unknown;
}

/** What a viewer can do about an offer. */
export function useBuyActions(showId: ShowId, { sale }: Pick<Offer, 'sale'>): BuyActions {
  const buy = useBuy(showId);
  const join = useJoinWaitlist(showId);
  const entry = useWaitlist(showId).find(({ saleId }) => saleId === sale?.saleId);
  const waiting = entry?.status === 'waiting' ? entry : undefined;
  const isOffered = entry?.status === 'offered';
  return { buy, join, waiting, isOffered, error: buy.error ?? join.error };
}
