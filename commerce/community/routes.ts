import type { communityCommands } from '@souk/protocol/http/community';
import type { moderationCommands } from '@souk/protocol/http/moderation';
import type { Executor } from '../db/database.ts';
import type { HandlersOf } from '../http/route-handlers.ts';
import type { AuditPages } from '../moderation/audit-pages.ts';
import type { Bans } from '../moderation/bans.ts';
import { listBans } from '../moderation/list-bans.ts';
import { getShowCard } from '../shows/show-repository.ts';
import { readFilterParts, readMerchantWords } from './chat-rules.ts';
import type { Follows } from './follows.ts';
import type { HookManager } from './review/manage-hook.ts';
import type { ChatRules } from './set-chat-rules.ts';

export interface CommunityDeps {
  readonly orm: Executor;
  readonly follows: Follows;
  readonly chatRules: ChatRules;
  readonly hooks: HookManager;
  readonly bans: Bans;
  readonly auditPages: AuditPages;
}

export type CommunityNames =
  | keyof typeof communityCommands
  | Extract<keyof typeof moderationCommands, `chat-${string}`>;

/** Followers, and what a shop decides for the chat of its shows. */
export function createCommunityRoutes(deps: CommunityDeps): HandlersOf<CommunityNames> {
  const { orm, follows, bans, auditPages } = deps;
  return {
    ...createChatRoutes(deps),
    ...createHookRoutes(deps),
    'merchant:standing': ({ params, caller }) => follows.standing(params.merchantId, caller.userId),
    'merchant:follow': async ({ params, caller }) => {
      await follows.follow(params.merchantId, caller.userId);
      return {};
    },
    'merchant:unfollow': async ({ params, caller }) => {
      await follows.unfollow(params.merchantId, caller.userId);
      return {};
    },
    'ban:list': ({ params, query }) => listBans(orm, params.merchantId, query.before),
    'ban:lift': async ({ params, caller }) => {
      await bans.lift(params.merchantId, params.userId, caller.userId);
      return {};
    },
    'audit:list': ({ params, query }) => auditPages.list(params.merchantId, query),
    'audit:export': ({ params, query }) => auditPages.export(params.merchantId, query),
  };
}

type ChatNames = Extract<CommunityNames, `chat-${string}` | `blocked-words:${string}`>;

function createChatRoutes({ orm, chatRules }: CommunityDeps): HandlersOf<ChatNames> {
  return {
    'chat-policy:set': async ({ params, body, caller }) => {
      await chatRules.setPolicy(params.showId, body, caller.userId);
      return {};
    },
    'chat-filter:get': async ({ params: { showId } }) => {
      const { merchantId } = await getShowCard(orm, showId);
      const { words, merchantWords, ...rest } = await readFilterParts(orm, { showId, merchantId });
      return { words: [...words], merchantWords: [...merchantWords], ...rest };
    },
    'chat-filter:set': async ({ params, body, caller }) => {
      await chatRules.setFilter(params.showId, body, caller.userId);
      return {};
    },
    'blocked-words:get': async ({ params }) => ({
      words: [...(await readMerchantWords(orm, params.merchantId))],
    }),
    'blocked-words:set': async ({ params, body, caller }) => {
      await chatRules.setMerchantWords(params.merchantId, body.words, caller.userId);
      return {};
    },
  };
}

type HookNames = Extract<CommunityNames, `review-hook:${string}`>;

function createHookRoutes({ hooks }: CommunityDeps): HandlersOf<HookNames> {
  return {
    'review-hook:get': async ({ params }) => ({ hook: await hooks.find(params.merchantId) }),
    'review-hook:set': ({ params, body, caller }) => hooks.set({ ...params, ...body, setBy: caller.userId }),
    'review-hook:remove': async ({ params, caller }) => {
      await hooks.remove(params.merchantId, caller.userId);
      return {};
    },
    'review-hook:try': ({ params, body, caller }) =>
      hooks.try(params.merchantId, { id: caller.userId, name: caller.name }, body.text),
  };
}
