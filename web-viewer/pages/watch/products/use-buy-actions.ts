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
  readonly error: unknown;
}

/** What a viewer can do about an offer. */
export function useBuyActions(showId: ShowId, { sale }: Pick<Offer, 'sale'>): BuyActions {
  const buy = useBuy(showId);
  const join = useJoinWaitlist(showId);
  const waiting = useWaitlist(showId).find(
    (entry) => entry.saleId === sale?.saleId && entry.status === 'waiting',
  );
  return { buy, join, waiting, error: buy.error ?? join.error };
}
