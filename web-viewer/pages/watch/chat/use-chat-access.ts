import type { MerchantId } from '@souk/protocol/ids';
import { useEffect } from 'react';
import { useFeed } from '../../../api/hub.ts';
import { isGuest, renewSession, useSession } from '../../../api/session.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { useIsFollowUnderWay, useStanding } from '../../../shop/follow/use-standing.ts';

/** Whether this person may write, or what is to be done first. */
export type ChatAccess =
  | { readonly kind: 'open' }
  | { readonly kind: 'log-in' }
  | { readonly kind: 'follow'; readonly merchantId: MerchantId }
  | { readonly kind: 'buy' };

/** By what the show says of its chat, and how this person stands to the shop; the hub has the last word. */
export function useChatAccess(feed: ShowFeed): ChatAccess {
  const session = useSession();
  const guestsMayChat = useFeed(feed, (state) => state.show.facts?.policy.guestsMayChat ?? true);
  const merchantId = useFeed(feed, (state) => state.show.facts?.merchantId);
  const who = useFeed(feed, (state) => state.show.chatPolicy.who);
  const isStaff = useFeed(feed, (state) => state.isStaff);
  const isOpen = isStaff || who === 'everyone';
  const isUnderWay = useIsFollowUnderWay();
  const standing = useStanding(isOpen ? undefined : merchantId);
  // The present token may be from before this show asked who follows.
  useEffect(() => {
    if (!isOpen) renewSession();
  }, [isOpen]);
  if (isGuest(session)) return isOpen && guestsMayChat ? { kind: 'open' } : { kind: 'log-in' };
  if (isOpen || standing === undefined || merchantId === undefined) return { kind: 'open' };
  // The hub goes by the token, which comes after the follow.
  if (who === 'followers' && (!standing.isFollowing || isUnderWay)) return { kind: 'follow', merchantId };
  return who === 'buyers' && !standing.hasBought ? { kind: 'buy' } : { kind: 'open' };
}
