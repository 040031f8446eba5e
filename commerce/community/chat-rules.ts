import { type ChatFilter, type ChatPolicy, openChatFilter, openChatPolicy } from '@souk/protocol/chat';
import type { MerchantId, ShowId } from '@souk/protocol/ids';
import { eq } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { merchantChats, reviewHooks, showChats } from '../db/schema/community.ts';
import type { ShowPlace } from '../moderation/ban-repository.ts';

/** What a show decides for its own chat, beside the policy. */
export interface ShowFilter extends Pick<ChatFilter, 'onMatch' | 'review'> {
  readonly words: readonly string[];
}

/** The filter of a show and where its parts come from. */
export interface FilterParts extends ShowFilter {
  readonly merchantWords: readonly string[];
  readonly isHooked: boolean;
}

export async function readChatPolicy(orm: Executor, showId: ShowId): Promise<ChatPolicy> {
  const { who, slowSeconds, linksAllowed } = showChats;
  const [row] = await orm
    .select({ who, slowSeconds, linksAllowed })
    .from(showChats)
    .where(eq(showChats.showId, showId));
  return row ?? openChatPolicy;
}

export async function readMerchantWords(orm: Executor, merchantId: MerchantId): Promise<readonly string[]> {
  const [row] = await orm
    .select({ words: merchantChats.words })
    .from(merchantChats)
    .where(eq(merchantChats.merchantId, merchantId));
  return row?.words ?? [];
}

export async function readFilterParts(
  orm: Executor,
  { showId, merchantId }: ShowPlace,
): Promise<FilterParts> {
  const { words, onMatch, review } = showChats;
  const [own] = await orm
    .select({ words, onMatch, review })
    .from(showChats)
    .where(eq(showChats.showId, showId));
  const [hook] = await orm
    .select({ isOn: reviewHooks.isOn })
    .from(reviewHooks)
    .where(eq(reviewHooks.merchantId, merchantId));
  const { words: none, onMatch: refuse, review: nobody } = openChatFilter;
  return {
    ...(own ?? { words: none, onMatch: refuse, review: nobody }),
    merchantWords: await readMerchantWords(orm, merchantId),
    isHooked: hook?.isOn ?? false,
  };
}

/** The filter as the hub has it: the merchant's words and the show's, each once. */
export function toChatFilter({ words, merchantWords, onMatch, review, isHooked }: FilterParts): ChatFilter {
  return { words: [...new Set([...merchantWords, ...words])], onMatch, review, isHooked };
}
