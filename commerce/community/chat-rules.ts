import { type ChatFilter, type ChatPolicy, openChatFilter, openChatPolicy } from '@souk/protocol/chat';
import type { MerchantId, ShowId } from '@souk/protocol/ids';
import { and, eq, ne } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { merchantChats, reviewHooks, showChats } from '../db/schema/community.ts';
import { shows } from '../db/schema/shows.ts';
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
  const [own] = await orm.select(ownColumns).from(showChats).where(eq(showChats.showId, showId));
  return toParts(own, await readMerchantParts(orm, merchantId));
}

/** The filters of all shows of a shop that are not over. */
export async function readOpenFilters(
  orm: Executor,
  merchantId: MerchantId,
): Promise<{ readonly showId: ShowId; readonly filter: ChatFilter }[]> {
  const ofShop = await readMerchantParts(orm, merchantId);
  const rows = await orm
    .select({ showId: shows.id, own: ownColumns })
    .from(shows)
    .leftJoin(showChats, eq(showChats.showId, shows.id))
    .where(and(eq(shows.merchantId, merchantId), ne(shows.status, 'ended')));
  return rows.map(({ showId, own }) => ({ showId, filter: toChatFilter(toParts(own ?? undefined, ofShop)) }));
}

const { words, onMatch, review } = showChats;
const ownColumns = { words, onMatch, review };

type MerchantParts = Pick<FilterParts, 'merchantWords' | 'isHooked'>;

async function readMerchantParts(orm: Executor, merchantId: MerchantId): Promise<MerchantParts> {
  const [hook] = await orm
    .select({ isOn: reviewHooks.isOn })
    .from(reviewHooks)
    .where(eq(reviewHooks.merchantId, merchantId));
  return { merchantWords: await readMerchantWords(orm, merchantId), isHooked: hook?.isOn ?? false };
}

function toParts(own: ShowFilter | undefined, ofShop: MerchantParts): FilterParts {
  const { words: none, onMatch: refuse, review: nobody } = openChatFilter;
  return { ...(own ?? { words: none, onMatch: refuse, review: nobody }), ...ofShop };
}

/** The filter as the hub has it: the merchant's words and the show's, each once. */
export function toChatFilter({ words, merchantWords, onMatch, review, isHooked }: FilterParts): ChatFilter {
  return { words: [...new Set([...merchantWords, ...words])], onMatch, review, isHooked };
}
