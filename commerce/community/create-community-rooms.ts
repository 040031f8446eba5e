import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { Database } from '../db/database.ts';
import type { HandlersOf } from '../http/route-handlers.ts';
import { createAuditPages } from '../moderation/audit-pages.ts';
import type { Bans } from '../moderation/bans.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { createFollows, type Follows } from './follows.ts';
import { createAskHook } from './review/ask-hook.ts';
import { createHookManager } from './review/manage-hook.ts';
import type { ReviewSettings } from './review/review-settings.ts';
import { type CommunityNames, createCommunityRoutes } from './routes.ts';
import { createChatRules } from './set-chat-rules.ts';

export interface CommunityRooms {
  readonly handlers: HandlersOf<CommunityNames>;
  readonly follows: Follows;
}

/** Puts together followers, the rules of the chat, the review hook and the log for the shop. */
export function createCommunityRooms(deps: {
  db: Database;
  outbox: Outbox;
  bans: Bans;
  review: ReviewSettings;
  clock: Clock;
  logger: Logger;
}): CommunityRooms {
  const { db, bans, review } = deps;
  const shared = { ...deps, orm: db.orm };
  const follows = createFollows(shared);
  const handlers = createCommunityRoutes({
    orm: db.orm,
    bans,
    follows,
    chatRules: createChatRules(shared),
    hooks: createHookManager({ ...shared, ...review, ask: createAskHook({ ...shared, ...review }) }),
    auditPages: createAuditPages(shared),
  });
  return { handlers, follows };
}
