import type { WaitlistEntry } from '@souk/protocol/http/sales';
import type { ShowId } from '@souk/protocol/ids';
import { useIsKept } from '../../../shop/cart/use-holds.ts';
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
  /** A unit of the offer lies in this person's cart. */
  readonly isKept: boolean;
  readonly error: unknown;
}

/** What a viewer can do about an offer. */
export function useBuyActions(
  showId: ShowId,
  { sale, variant }: Pick<Offer, 'sale' | 'variant'>,
): BuyActions {
  const buy = useBuy(showId);
  const join = useJoinWaitlist(showId);
  const entry = useWaitlist(showId).find(({ saleId }) => saleId === sale?.saleId);
  const waiting = entry?.status === 'waiting' ? entry : undefined;
  const isOffered = entry?.status === 'offered';
  const isKept = useIsKept(variant.id);
  return { buy, join, waiting, isOffered, isKept, error: buy.error ?? join.error };
}
