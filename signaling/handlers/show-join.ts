import type { Handler } from './handler.ts';

/** Lets the client follow a show, and answers with the state or with what was missed. */
export function createShowJoin(): Handler<'show:join'> {
  return ({ connection, room, payload }) => room.join(connection, payload.after);
}
