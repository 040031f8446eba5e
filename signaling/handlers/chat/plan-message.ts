import type { HeldCause } from '@souk/protocol/chat';
import type { HubParsedPayload } from '@souk/protocol/commands/hub-commands';
import { isStaff } from '@souk/protocol/roles';
import {
  type Audience,
  createEntry,
  type MessageFacts,
  type NewEntry,
} from '@souk/protocol/timeline/entries';
import type { ShowState } from '@souk/protocol/timeline/state';
import type { AppendOptions } from '@souk/timeline/append';
import type { CheckContent } from './chat-content.ts';
import { assertMayChat, isShadowBanned, type Speaker } from './chat-rules.ts';
import { createEchoRule } from './message-echo.ts';
import { createMessageFacts, type FindMessage } from './message-facts.ts';

/** What a note says of a message that was not held. */
export const SENT = 'sent';
export type MessageNote = typeof SENT | HeldCause;

/** What to append for a message, and how. */
export interface MessagePlan {
  readonly facts: MessageFacts;
  readonly entry: NewEntry;
  readonly options: Pick<AppendOptions, 'pace' | 'echo'> & { readonly note: MessageNote };
}

export interface PlanDeps {
  readonly checkContent: CheckContent;
  readonly findMessage: FindMessage;
  readonly now: number;
}

/**
 * Decides what becomes of a message: who may say it, what may be said, who hears it. Throws AppError SHOW_NOT_LIVE,
 * BANNED, MUTED, FORBIDDEN, GUESTS_NOT_ALLOWED, FOLLOWERS_ONLY, BUYERS_ONLY, LINKS_NOT_ALLOWED, MESSAGE_BLOCKED,
 * MESSAGE_NOT_FOUND.
 */
export function planMessage(
  state: ShowState,
  speaker: Speaker,
  payload: HubParsedPayload<'chat:send'>,
  { checkContent, findMessage, now }: PlanDeps,
): MessagePlan {
  assertMayChat(state, speaker, { kind: payload.kind, now });
  const facts = createMessageFacts(speaker, payload, findMessage);
  if (isStaff(speaker.roles))
    return { facts, entry: createEntry('chat:sent', now, facts), options: { note: SENT } };
  const cause = checkContent(state, payload.text);
  const isShadowed = isShadowBanned(state, speaker);
  // Nobody is protected by asking the hook about what nobody sees, and its word must not undo the shadow ban.
  const heldCause = isShadowed && cause === 'hook' ? undefined : cause;
  const entry = createMessageEntry(facts, now, { heldCause, isShadowed });
  return {
    facts,
    entry,
    options: {
      note: heldCause ?? SENT,
      pace: { key: facts.userId, everyMs: state.chatPolicy.slowSeconds * 1_000 },
      echo: createEchoRule(facts, now, entry.audience),
    },
  };
}

function createMessageEntry(
  facts: MessageFacts,
  at: number,
  { heldCause, isShadowed }: { readonly heldCause: HeldCause | undefined; readonly isShadowed: boolean },
): NewEntry {
  if (heldCause !== undefined)
    return createEntry('chat:held', at, { ...facts, cause: heldCause }, facts.userId);
  const entry = createEntry('chat:sent', at, facts);
  const audience: Audience = `staff+user:${facts.userId}`;
  return isShadowed ? { ...entry, audience } : entry;
}
