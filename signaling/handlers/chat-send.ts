import { createHash } from 'node:crypto';
import { type CommandId, type MessageId, messageIdSchema, type UserId } from '@souk/protocol/ids';
import type { Role } from '@souk/protocol/roles';
import { isStaff } from '@souk/protocol/roles';
import { type ChatRole, createEntry } from '@souk/protocol/timeline/entries';
import type { ShowState } from '@souk/protocol/timeline/state';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { Timeline } from '@souk/timeline/timeline';
import type { Session } from '../connection/session.ts';
import type { Handler } from './handler.ts';

/** For this long a command that is sent again is known again. */
const RESEND_WINDOW_SECONDS = 600;

export interface ChatSendDeps {
  readonly timeline: Pick<Timeline, 'append'>;
  readonly clock: Clock;
}

/**
 * Says something in a show: one entry of the timeline, however often the command arrives.
 * Throws SHOW_NOT_LIVE, GUESTS_NOT_ALLOWED or MUTED, and SHOW_NOT_FOUND while the timeline is lost.
 */
export function createChatSend({ timeline, clock }: ChatSendDeps): Handler<'chat:send'> {
  return async ({ connection: { session }, room, roles, payload }) => {
    const now = clock.now();
    assertMayChat(room.state, session, roles, now);
    const { userId, name } = session;
    const messageId = messageIdOf(userId, payload.commandId);
    const entry = createEntry('chat:sent', now, {
      messageId,
      userId,
      name,
      role: chatRoleOf(session, roles),
      text: payload.text,
    });
    const { id } = await timeline.append(payload.showId, entry, {
      dedupeKey: `${userId}:${payload.commandId}`,
      dedupeTtlSeconds: RESEND_WINDOW_SECONDS,
      mustExist: true,
    });
    return { messageId, entryId: id, outcome: 'sent' };
  };
}

function assertMayChat(state: ShowState, session: Session, roles: ReadonlySet<Role>, now: number): void {
  if (state.status !== 'live') throw new AppError('SHOW_NOT_LIVE');
  if (isStaff(roles)) return;
  if (session.isGuest && state.facts?.policy.guestsMayChat !== true) throw new AppError('GUESTS_NOT_ALLOWED');
  const mutedUntil = state.mutes[session.userId] ?? 0;
  if (mutedUntil > now) throw new AppError('MUTED', { retryAfterMs: mutedUntil - now });
}

function chatRoleOf(session: Session, roles: ReadonlySet<Role>): ChatRole {
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
function messageIdOf(userId: UserId, commandId: CommandId): MessageId {
  const digest = createHash('sha256').update(`${userId}:${commandId}`).digest();
  const body = Array.from(digest.subarray(0, ID_LENGTH), (byte) => ALPHABET.charAt(byte & 31)).join('');
  return messageIdSchema.parse(`msg_${body}`);
}
