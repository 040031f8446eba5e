import type { Handler } from './handler.ts';

/** Ends the following of a show. */
export function createShowLeave(): Handler<'show:leave'> {
  return ({ connection, room }) => {
    room.leave(connection);
    return {};
  };
}
