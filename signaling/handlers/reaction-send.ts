import { AppError } from '@souk/runtime/app-error';
import type { Handler } from './handler.ts';

/** Counts a reaction; the counts of all nodes are told with the levels. Throws SHOW_NOT_LIVE. */
export function createReactionSend(): Handler<'reaction:send'> {
  return ({ room, payload }) => {
    if (room.state.status !== 'live') throw new AppError('SHOW_NOT_LIVE');
    room.reactions.count(payload.emoji);
    return {};
  };
}
