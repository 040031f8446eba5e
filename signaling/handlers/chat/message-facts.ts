import { createHash } from 'node:crypto';
import type { HubParsedPayload } from '@souk/protocol/commands/hub-commands';
import { type CommandId, type MessageId, messageIdSchema, type UserId } from '@souk/protocol/ids';
import { isStaff } from '@souk/protocol/roles';
import { type ChatRole, type MessageFacts, mayHear } from '@souk/protocol/timeline/entries';
import type { ShowState } from '@souk/protocol/timeline/state';
import { AppError } from '@souk/runtime/app-error';
import type { Speaker } from './chat-rules.ts';

/** What an entry says of this message. Throws AppError MESSAGE_NOT_FOUND when it answers one that the speaker cannot see. */
export function createMessageFacts(
  state: ShowState,
  speaker: Speaker,
  { commandId, text, kind, replyTo }: HubParsedPayload<'chat:send'>,
): MessageFacts {
  const { userId, name } = speaker.session;
  return {
    messageId: messageIdOf(userId, commandId),
    userId,
    name,
    role: chatRoleOf(speaker),
    text,
    ...(kind === 'message' ? {} : { kind }),
    ...(replyTo === undefined ? {} : { replyTo: getRepliedTo(state, speaker, replyTo) }),
  };
}

function getRepliedTo(
  state: ShowState,
  { session, roles }: Speaker,
  messageId: MessageId,
): NonNullable<MessageFacts['replyTo']> {
  const onlooker = { userId: session.userId, isStaff: isStaff(roles) };
  const message = state.chat.findLast((said) => said.messageId === messageId);
  if (message === undefined || !mayHear(message.audience ?? 'all', onlooker))
    throw new AppError('MESSAGE_NOT_FOUND');
  return { messageId, name: message.name };
}

function chatRoleOf({ session, roles }: Speaker): ChatRole {
  if (roles.has('host') || roles.has('merchant')) return 'host';
  if (roles.has('moderator') || roles.has('admin')) return 'moderator';
  return session.isGuest ? 'guest' : 'viewer';
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID_LENGTH = 20;

/**
 * The id of the message that this command makes. Derived, not random, so that the same command gets the same answer
 * from every node; hashed with the sender, so that nobody can make the id of another's message.
 */
export function messageIdOf(userId: UserId, commandId: CommandId): MessageId {
  const digest = createHash('sha256').update(`${userId}:${commandId}`).digest();
  const body = Array.from(digest.subarray(0, ID_LENGTH), (byte) => ALPHABET.charAt(byte & 31)).join('');
  return messageIdSchema.parse(`msg_${body}`);
}
