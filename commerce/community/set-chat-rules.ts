import type { ChatPolicy } from '@souk/protocol/chat';
import type { MerchantId, ShowId, UserId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction } from '../db/database.ts';
import { merchantChats, showChats } from '../db/schema/community.ts';
import { writeAudit } from '../moderation/audit-log.ts';
import { lockMerchantRules } from '../moderation/ban-repository.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { lockOpenShow } from '../shows/show-repository.ts';
import type { ShowFilter } from './chat-rules.ts';
import { tellFilter, tellFilters } from './tell-filters.ts';

/** The rules of the chat, of one show or of all of a shop. Shows that are open follow at once. */
export interface ChatRules {
  /** Throws AppError SHOW_ENDED. */
  setPolicy(showId: ShowId, policy: ChatPolicy, setBy: UserId): Promise<void>;
  /** Throws AppError SHOW_ENDED. */
  setFilter(showId: ShowId, filter: ShowFilter, setBy: UserId): Promise<void>;
  setMerchantWords(merchantId: MerchantId, words: readonly string[], setBy: UserId): Promise<void>;
}

export function createChatRules(deps: { db: Database; outbox: Outbox; clock: Clock }): ChatRules {
  const { db, outbox, clock } = deps;
  return {
    setPolicy: (showId, policy, setBy) =>
      inTransaction(db, async (tx) => {
        await lockOpenShow(tx, showId);
        await tx
          .insert(showChats)
          .values({ showId, ...policy })
          .onConflictDoUpdate({ target: showChats.showId, set: policy });
        const now = clock.now();
        const action = 'chat-policy:set';
        await writeAudit(tx, { at: now, actorId: setBy, action, showId, detail: policy });
        const entry = createEntry('chat-policy:changed', now, policy);
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
      }),
    setFilter: (showId, filter, setBy) =>
      inTransaction(db, async (tx) => {
        const { merchantId } = await lockOpenShow(tx, showId);
        await lockMerchantRules(tx, merchantId);
        const { onMatch, review } = filter;
        const change = { onMatch, review, words: distinct(filter.words) };
        await tx
          .insert(showChats)
          .values({ showId, ...change })
          .onConflictDoUpdate({ target: showChats.showId, set: change });
        const action = 'chat-filter:set';
        await writeAudit(tx, { at: clock.now(), actorId: setBy, action, showId, detail: change });
        await tellFilter(tx, outbox, { showId, merchantId }, clock);
      }),
    setMerchantWords: (merchantId, list, setBy) =>
      inTransaction(db, async (tx) => {
        await lockMerchantRules(tx, merchantId);
        const words = distinct(list);
        await tx
          .insert(merchantChats)
          .values({ merchantId, words })
          .onConflictDoUpdate({ target: merchantChats.merchantId, set: { words } });
        const action = 'blocked-words:set';
        await writeAudit(tx, { at: clock.now(), actorId: setBy, action, merchantId, detail: { words } });
        await tellFilters(tx, outbox, merchantId, clock);
      }),
  };
}

const distinct = (words: readonly string[]): string[] => [...new Set(words)];
