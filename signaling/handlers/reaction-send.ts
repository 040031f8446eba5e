import type { Clock } from '@souk/runtime/clock';
import { assertMayTakePart, isShadowBanned } from './chat/chat-rules.ts';
import type { Handler } from './handler.ts';

/**
 * Counts a reaction; the counts of all nodes are told with the levels. One of a shadow-banned person is not counted,
 * and nothing tells the person. Throws SHOW_NOT_LIVE, BANNED, MUTED.
 */
export function createReactionSend(clock: Clock): Handler<'reaction:send'> {
  return ({ connection: { session }, room, roles, payload }) => {
    const speaker = { session, roles };
    assertMayTakePart(room.state, speaker, clock.now());
    if (!isShadowBanned(room.state, speaker)) room.reactions.count(payload.emoji);
    return {};
  };
}
