import type { HubResponse } from '@souk/protocol/commands/hub-commands';
import { type MessageId, messageIdSchema, type ShowId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import type { Appended, Appender } from '@souk/timeline/append';
import type { Context, Handler } from '../handler.ts';
import { type CheckContent, createContentCheck } from './chat-content.ts';
import { createFindMessage, messageIdOf } from './message-facts.ts';
import { type MessageNote, type MessagePlan, planMessage } from './plan-message.ts';

/** For this long a command that is sent again is known again. */
const RESEND_WINDOW_SECONDS = 600;

/** Has held messages looked at by the merchant's review hook; the same message again changes nothing. */
export type RequestReview = (showId: ShowId, messageId: MessageId) => Promise<void>;

export interface ChatSendDeps {
  readonly timeline: Appender;
  readonly requestReview: RequestReview;
  readonly clock: Clock;
}

/**
 * Says something in a show: one entry of the timeline and one answer, however often the command arrives.
 * Throws as `planMessage`, and SLOW_MODE, and SHOW_NOT_FOUND while the timeline is lost.
 */
export function createChatSend({ timeline, requestReview, clock }: ChatSendDeps): Handler<'chat:send'> {
  const checkContent = createContentCheck();
  return async (context) => {
    const { showId, commandId } = context.payload;
    const { userId } = context.connection.session;
    const dedupeKey = `${userId}:${commandId}`;
    const planned = tryPlan(context, checkContent, clock.now());
    const appended =
      'refusal' in planned
        ? await getEarlier(timeline, showId, dedupeKey, planned.refusal)
        : await timeline.append(showId, planned.entry, {
            ...planned.options,
            dedupeKey,
            dedupeTtlSeconds: RESEND_WINDOW_SECONDS,
            mustExist: true,
          });
    const answer = toAnswer(appended, messageIdOf(userId, commandId));
    // Also when the command came again: the first may have failed here.
    if (isForHook(appended)) await requestReview(showId, answer.messageId);
    return answer;
  };
}

function tryPlan(
  { connection: { session }, room, roles, payload }: Context<'chat:send'>,
  checkContent: CheckContent,
  now: number,
): MessagePlan | { readonly refusal: unknown } {
  try {
    const findMessage = createFindMessage(room);
    return planMessage(room.state, { session, roles }, payload, { checkContent, findMessage, now });
  } catch (refusal) {
    return { refusal };
  }
}

/** What was said before somebody was muted stays said: the same command has the same answer. Throws the refusal. */
async function getEarlier(
  timeline: Appender,
  showId: ShowId,
  dedupeKey: string,
  refusal: unknown,
): Promise<Appended> {
  const earlier = await timeline.findAppended(showId, dedupeKey);
  if (earlier === undefined) throw refusal;
  return earlier;
}

function toAnswer({ id, note, echoOf }: Appended, messageId: MessageId): HubResponse<'chat:send'> {
  if (echoOf !== undefined)
    return { messageId: messageIdSchema.parse(echoOf), entryId: id, outcome: 'repeated' };
  return { messageId, entryId: id, outcome: isHeld(note) ? 'held' : 'sent' };
}

const heldNotes: ReadonlySet<string> = new Set<MessageNote>(['blocked-word', 'review', 'hook']);

function isHeld(note: string): boolean {
  return heldNotes.has(note);
}

function isForHook({ note, echoOf }: Appended): boolean {
  return note === ('hook' satisfies MessageNote) && echoOf === undefined;
}
