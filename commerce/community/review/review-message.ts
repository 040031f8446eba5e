import type { JobPayload } from '@souk/jobs/job-table';
import type { EntryOf } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction } from '../../db/database.ts';
import { publishHeld } from '../../moderation/approve-message.ts';
import { writeAudit } from '../../moderation/audit-log.ts';
import type { DeleteMessage } from '../../moderation/delete-message.ts';
import type { MessageStore } from '../../moderation/message-store.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { getShowCard, lockShow } from '../../shows/show-repository.ts';
import type { AskHook, Review } from './ask-hook.ts';
import { findHook, type StoredHook } from './hook-repository.ts';
import { deriveHookSecret } from './hook-secret.ts';

/** Asks the shop's hook about a held message, and does what it says. Nothing to do when the message waits no more. */
export type ReviewMessage = (payload: JobPayload<'chat-review'>) => Promise<void>;

export interface ReviewMessageDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly messages: MessageStore;
  readonly deleteMessage: DeleteMessage;
  readonly ask: AskHook;
  readonly houseSecret: string;
  readonly clock: Clock;
}

type Held = EntryOf<'chat:held'>;
type Decision =
  | { readonly kind: 'allow' | 'deny' | 'hold' }
  | { readonly kind: 'rewrite'; readonly text: string };

export function createReviewMessage(deps: ReviewMessageDeps): ReviewMessage {
  return async ({ showId, messageId }) => {
    const held = await deps.messages.find(showId, messageId);
    // What waits for another cause is a moderator's to decide, whatever a machine thinks of it.
    if (held?.type !== 'chat:held' || held.data.cause !== 'hook') return;
    const { merchantId, status } = await getShowCard(deps.db.orm, showId);
    if (status === 'ended') return;
    const stored = await findHook(deps.db.orm, merchantId);
    const decision = await decide(deps, stored, { showId, merchantId, held });
    switch (decision.kind) {
      case 'hold':
        return;
      case 'deny':
        return deny(deps, stored, { showId, messageId });
      case 'allow':
        return release(deps, { showId, held, text: held.data.text, stored: undefined });
      case 'rewrite':
        return release(deps, { showId, held, text: decision.text, stored });
    }
  };
}

async function decide(
  { ask, houseSecret }: ReviewMessageDeps,
  stored: StoredHook | undefined,
  {
    showId,
    merchantId,
    held,
  }: Pick<JobPayload<'chat-review'>, 'showId'> & {
    merchantId: Parameters<typeof deriveHookSecret>[1];
    held: Held;
  },
): Promise<Decision> {
  // Switched off meanwhile: nothing else keeps the message.
  if (stored === undefined || !stored.hook.isOn) return { kind: 'allow' };
  const { messageId: id, userId, name, text } = held.data;
  const secret = deriveHookSecret(houseSecret, merchantId, stored.secretSalt);
  const message = { id, showId, merchantId, user: { id: userId, name }, text, at: held.at };
  return toDecision(await ask({ url: stored.hook.url, secret }, message), stored);
}

function toDecision(review: Review, { hook }: StoredHook): Decision {
  switch (review.outcome) {
    case 'allow':
    case 'deny':
      return { kind: review.outcome };
    case 'rewrite':
      return { kind: 'rewrite', text: review.text };
    case 'timeout':
    case 'bad-answer':
    case 'unreachable':
      return { kind: hook.onTimeout };
  }
}

/** In the name of whoever set the hook: a machine answers for nothing. */
async function deny(
  { deleteMessage }: ReviewMessageDeps,
  stored: StoredHook | undefined,
  message: JobPayload<'chat-review'>,
): Promise<void> {
  if (stored !== undefined)
    await deleteMessage({ ...message, deletedBy: stored.setBy, reason: 'review hook' });
}

async function release(
  { db, outbox, clock }: ReviewMessageDeps,
  {
    showId,
    held,
    text,
    stored,
  }: {
    showId: JobPayload<'chat-review'>['showId'];
    held: Held;
    text: string;
    stored: StoredHook | undefined;
  },
): Promise<void> {
  const { messageId, userId: personId, name: subjectName } = held.data;
  await inTransaction(db, async (tx) => {
    if ((await lockShow(tx, showId)).status === 'ended') return;
    const at = clock.now();
    await publishHeld(tx, outbox, { showId, held, text, at });
    if (stored === undefined) return;
    const deed = { action: 'message:rewrite', subject: messageId, personId, subjectName };
    await writeAudit(tx, { at, actorId: stored.setBy, showId, reason: 'review hook', ...deed });
  }).catch((error: unknown) => {
    // A moderator was quicker.
    if (!(error instanceof AppError && error.code === 'MESSAGE_NOT_FOUND')) throw error;
  });
}
