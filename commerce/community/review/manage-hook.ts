import type { HttpResponse } from '@souk/protocol/commands/http-commands';
import type { ReviewHook } from '@souk/protocol/http/community';
import { createId, type MerchantId, type UserId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { eq } from 'drizzle-orm';
import { type Database, inTransaction } from '../../db/database.ts';
import { reviewHooks } from '../../db/schema/community.ts';
import { writeAudit } from '../../moderation/audit-log.ts';
import { lockMerchantRules } from '../../moderation/ban-repository.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { tellFilters } from '../tell-filters.ts';
import type { AskHook } from './ask-hook.ts';
import { findHook } from './hook-repository.ts';
import { createSecretSalt, deriveHookSecret } from './hook-secret.ts';

export interface HookChange {
  readonly merchantId: MerchantId;
  readonly hook: ReviewHook;
  readonly isNewSecretWanted: boolean;
  readonly setBy: UserId;
}

export interface HookManager {
  find(merchantId: MerchantId): Promise<ReviewHook | null>;
  /** The secret is told when it is a new one, and never again. Throws AppError INVALID_INPUT for an address that is not asked. */
  set(change: HookChange): Promise<HttpResponse<'review-hook:set'>>;
  remove(merchantId: MerchantId, removedBy: UserId): Promise<void>;
  /** Asks the hook about a made-up message. Throws AppError NOT_FOUND without a hook. */
  try(
    merchantId: MerchantId,
    user: { id: UserId; name: string },
    text: string,
  ): Promise<HttpResponse<'review-hook:try'>>;
}

export interface HookManagerDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly ask: AskHook;
  readonly houseSecret: string;
  /** Plain HTTP is for development. */
  readonly allowHttp: boolean;
  readonly clock: Clock;
}

export function createHookManager(deps: HookManagerDeps): HookManager {
  const { db, outbox, ask, houseSecret, allowHttp, clock } = deps;
  return {
    find: async (merchantId) => (await findHook(db.orm, merchantId))?.hook ?? null,
    set({ merchantId, hook, isNewSecretWanted, setBy }) {
      assertAskable(hook.url, allowHttp);
      return inTransaction(db, async (tx) => {
        await lockMerchantRules(tx, merchantId);
        const earlier = await findHook(tx, merchantId);
        const isNew = earlier === undefined || isNewSecretWanted;
        const secretSalt = isNew ? createSecretSalt() : earlier.secretSalt;
        const setAt = clock.now();
        const row = { ...hook, secretSalt, setBy, setAt };
        await tx
          .insert(reviewHooks)
          .values({ merchantId, ...row })
          .onConflictDoUpdate({ target: reviewHooks.merchantId, set: row });
        const detail = { host: new URL(hook.url).host, onTimeout: hook.onTimeout, isOn: hook.isOn };
        await writeAudit(tx, { at: setAt, actorId: setBy, action: 'review-hook:set', merchantId, detail });
        if (hook.isOn !== (earlier?.hook.isOn ?? false)) await tellFilters(tx, outbox, merchantId, clock);
        return { hook, secret: isNew ? deriveHookSecret(houseSecret, merchantId, secretSalt) : null };
      });
    },
    remove: (merchantId, removedBy) =>
      inTransaction(db, async (tx) => {
        await lockMerchantRules(tx, merchantId);
        const [removed] = await tx
          .delete(reviewHooks)
          .where(eq(reviewHooks.merchantId, merchantId))
          .returning();
        if (removed === undefined) return;
        const action = 'review-hook:remove';
        await writeAudit(tx, { at: clock.now(), actorId: removedBy, action, merchantId });
        if (removed.isOn) await tellFilters(tx, outbox, merchantId, clock);
      }),
    async try(merchantId, user, text) {
      const stored = await findHook(db.orm, merchantId);
      if (stored === undefined) throw new AppError('NOT_FOUND');
      const secret = deriveHookSecret(houseSecret, merchantId, stored.secretSalt);
      const at = clock.now();
      const message = { id: createId('message'), showId: createId('show'), merchantId, user, text, at };
      const begun = performance.now();
      const review = await ask({ url: stored.hook.url, secret }, message);
      const tookMs = Math.round(performance.now() - begun);
      return {
        outcome: review.outcome,
        text: review.outcome === 'rewrite' ? review.text : null,
        tookMs,
      };
    },
  };
}

/** Throws AppError INVALID_INPUT. */
function assertAskable(address: string, allowHttp: boolean): void {
  const { protocol, username, password } = new URL(address);
  const refuse = (message: string): never => {
    throw new AppError('INVALID_INPUT', { issues: [{ path: 'hook.url', message }] });
  };
  if (protocol !== 'https:' && !(allowHttp && protocol === 'http:')) refuse('The address must be https.');
  if (username !== '' || password !== '') refuse('The address must not carry a password.');
}
