import { isGuestId, type ShowId, type UserId } from '@souk/protocol/ids';
import { findUser } from '../accounts/user-repository.ts';
import type { Executor } from '../db/database.ts';
import type { MessageStore } from './message-store.ts';

/** What a person is called; undefined for somebody who has neither an account nor said anything in this show. */
export type FindPersonName = (showId: ShowId, userId: UserId) => Promise<string | undefined>;

/** Guests have no account: their name is known from what they said. */
export function createFindPersonName(deps: { orm: Executor; messages: MessageStore }): FindPersonName {
  return async (showId, userId) => {
    if (!isGuestId(userId)) return (await findUser(deps.orm, userId))?.name;
    const [newest] = await deps.messages.newestOf(showId, userId, { since: 0, limit: 1 });
    return newest?.data.name;
  };
}

/** For those of whom no name is known. */
export const NAMELESS = 'Guest';
