import { createHash } from 'node:crypto';
import { repeatKey } from '@souk/protocol/chat/repeat-key';
import {
  type Audience,
  createEntry,
  type MessageFacts,
  type NewEntry,
} from '@souk/protocol/timeline/entries';
import type { EchoRule } from '@souk/timeline/append';

/** The same person saying the same again within this time has repeated it. */
export const OWN_REPEAT_MS = 60_000;
/** Long texts that several people say within this time are one. */
export const CROWD_REPEAT_MS = 10_000;
/** Shorter ones, `yes` and `hello`, many people say at the same time without knowing of each other. */
export const CROWD_REPEAT_CODE_POINTS = 20;

/**
 * When this message is the same again: then it is counted at the first one. Whoever says it in front of all repeats the
 * words of others too; of what only the staff hears, nobody else may learn.
 */
export function createEchoRule(facts: MessageFacts, at: number, audience: Audience): EchoRule {
  const { userId, messageId, text, replyTo } = facts;
  // `yes` to one message and `yes` to another are two answers.
  const said = hash(`${replyTo?.messageId ?? ''}\n${repeatKey(text)}`);
  const own = { key: `${userId}:${said}`, windowMs: OWN_REPEAT_MS };
  const isCrowds = audience === 'all' && [...text].length >= CROWD_REPEAT_CODE_POINTS;
  const entry = { ...createEntry('chat:repeated', at, { messageId, userId }), audience } as NewEntry;
  return {
    keys: isCrowds ? [own, { key: said, windowMs: CROWD_REPEAT_MS }] : [own],
    name: messageId,
    entry,
    field: 'messageId',
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
