import type { HttpResponse } from '@souk/protocol/commands/http-commands';
import type { Hold } from '@souk/protocol/http/buying';
import type { MerchantId, VariantId } from '@souk/protocol/ids';
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { serverClock } from '../../api/hub.ts';
import { api, useSession } from '../../api/session.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { setCartNotice } from './cart-store.ts';

export const holdsKey = ['holds'] as const;
/** Asked a little after the hold's end, so that the server has ended it too. */
const AFTER_EXPIRY_MS = 300;

export interface Cart {
  readonly holds: readonly Hold[];
  /** Server wall clock of the first expiry; undefined for an empty cart. */
  readonly expiresAt: number | undefined;
  readonly itemCount: number;
}

const holdsQuery = queryOptions({
  queryKey: holdsKey,
  queryFn: ({ signal }) => api.call('hold:list', {}, { signal }),
});

/** True when the caller holds a unit of this variant, as far as the cart knows. */
export function useIsKept(variantId: VariantId): boolean {
  const { data } = useQuery({ ...holdsQuery, enabled: false });
  return (data?.holds ?? []).some(({ lines }) => lines.some((line) => line.variantId === variantId));
}

/** The caller's holds at one merchant. */
export function useCart(merchantId: MerchantId | undefined): Cart {
  const session = useSession();
  const isKnown = session !== undefined && merchantId !== undefined;
  const { data } = useQuery({ ...holdsQuery, enabled: isKnown });
  const holds = (data?.holds ?? []).filter((hold) => hold.merchantId === merchantId);
  return {
    holds,
    expiresAt: holds.length > 0 ? Math.min(...holds.map((hold) => hold.expiresAt)) : undefined,
    itemCount: holds.flatMap((hold) => hold.lines).reduce((sum, line) => sum + line.quantity, 0),
  };
}

/** Keeps the cart true: a hold that has run out is taken off and said. */
export function useHoldExpiry(feed: ShowFeed, cart: Cart): void {
  const client = useQueryClient();
  const { expiresAt } = cart;

  useEffect(() => {
    if (expiresAt === undefined) return;
    const delayMs = Math.max(0, expiresAt - serverClock.now()) + AFTER_EXPIRY_MS;
    const timer = window.setTimeout(() => {
      const now = serverClock.now();
      dropExpired(client, (hold) => hold.expiresAt <= now);
    }, delayMs);
    return () => window.clearTimeout(timer);
  }, [client, expiresAt]);

  useEffect(
    () =>
      feed.onEntry((entry) => {
        if (entry.type !== 'hold:ended') return;
        const { holdId, reason } = entry.data;
        if (reason === 'expired') dropExpired(client, (hold) => hold.id === holdId);
        else void client.invalidateQueries({ queryKey: holdsKey });
      }),
    [client, feed],
  );
}

/** Takes holds that have run out off the cart, and says so once. */
function dropExpired(client: QueryClient, isExpired: (hold: Hold) => boolean): void {
  const known = client.getQueryData<HttpResponse<'hold:list'>>(holdsKey);
  if (known === undefined || !known.holds.some(isExpired)) return;
  client.setQueryData(holdsKey, { ...known, holds: known.holds.filter((hold) => !isExpired(hold)) });
  setCartNotice('HOLD_EXPIRED');
  void client.invalidateQueries({ queryKey: holdsKey });
}

/** The longest time that was seen left of this hold: what its ring counts as full. */
export function holdSpanMs(hold: Hold): number {
  const left = hold.expiresAt - serverClock.now();
  const span = Math.max(spans.get(hold.id) ?? 0, left);
  spans.set(hold.id, span);
  return span;
}

const spans = new Map<string, number>();
