import { createHash } from 'node:crypto';
import type { HubParsedPayload } from '@souk/protocol/commands/hub-commands';
import { type CommandId, type MessageId, messageIdSchema, type UserId } from '@souk/protocol/ids';
import { isStaff } from '@souk/protocol/roles';
import { type Audience, type ChatRole, type MessageFacts, mayHear } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { ShowRoom } from '../../rooms/show-room.ts';
import type { Speaker } from './chat-rules.ts';

/** What an entry says of this message. Throws AppError MESSAGE_NOT_FOUND when it answers one that the speaker cannot see. */
export function createMessageFacts(
  speaker: Speaker,
  { commandId, text, kind, replyTo }: HubParsedPayload<'chat:send'>,
  findMessage: FindMessage,
): MessageFacts {
  const { userId, name } = speaker.session;
  return {
    messageId: messageIdOf(userId, commandId),
    userId,
    name,
    role: chatRoleOf(speaker),
    text,
    ...(kind === 'message' ? {} : { kind }),
    ...(replyTo === undefined ? {} : { replyTo: getRepliedTo(speaker, replyTo, findMessage) }),
  };
}

/** A message that somebody may answer, and who may see it. */
export interface SaidMessage {
  readonly name: string;
  readonly audience: Audience;
}
export type FindMessage = (messageId: MessageId) => SaidMessage | undefined;

/** Looks among what the viewers of a room have on their screens, or had not long ago. */
export function createFindMessage({ state, recent }: Pick<ShowRoom, 'state' | 'recent'>): FindMessage {
  return (messageId) => {
    const shown = state.chat.findLast((message) => message.messageId === messageId);
    if (shown !== undefined) return { name: shown.name, audience: shown.audience ?? 'all' };
    const { pinnedMessage } = state;
    if (pinnedMessage?.messageId === messageId) return { name: pinnedMessage.name, audience: 'all' };
    const older = recent.findMessage(messageId);
    return older === undefined ? undefined : { name: older.data.name, audience: older.audience };
  };
}

function getRepliedTo(
  { session, roles }: Speaker,
  messageId: MessageId,
  findMessage: FindMessage,
): NonNullable<MessageFacts['replyTo']> {
  const onlooker = { userId: session.userId, isStaff: isStaff(roles) };
  const message = findMessage(messageId);
  if (message === undefined || !mayHear(message.audience, onlooker)) throw new AppError('MESSAGE_NOT_FOUND');
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
