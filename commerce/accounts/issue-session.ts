import type { Session } from '@souk/protocol/http/auth';
import { createId, type ShowId, type UserId } from '@souk/protocol/ids';
import type { Tie } from '@souk/protocol/roles';
import type { TokenSigner } from '@souk/runtime/tokens';
import type { Follows } from '../community/follows.ts';
import type { Executor } from '../db/database.ts';
import { findGrants, guestGrants } from './grants.ts';
import type { LoginSession, SessionOwner } from './login-session.ts';
import { findUser, type UserRow } from './user-repository.ts';

/**
 * Makes the answer that tells a person who they are, with a fresh token. The token tells the ties to the shop of the show
 * that was named, and none where no show was: whoever goes on in a show names it with each token, and after a log-in too.
 */
export interface SessionIssuer {
  forUser(user: UserRow, showId?: ShowId): Promise<Session>;
  forGuest(guest: Extract<SessionOwner, { kind: 'guest' }>, showId?: ShowId): Promise<Session>;
  /** The session's owner; begins a guest session where there is none, or where the account is gone. */
  forSession(session: LoginSession, showId?: ShowId): Promise<Session>;
}

export function createSessionIssuer(deps: {
  orm: Executor;
  signer: TokenSigner;
  follows: Pick<Follows, 'tiesAt'>;
}): SessionIssuer {
  const { orm, signer, follows } = deps;
  const findTies = async (userId: UserId, showId: ShowId | undefined): Promise<Tie[]> =>
    showId === undefined ? [] : follows.tiesAt(showId, userId);
  const issuer: SessionIssuer = {
    async forUser(user, showId) {
      const { id: userId, name, email } = user;
      const [grants, ties] = await Promise.all([findGrants(orm, user), findTies(userId, showId)]);
      const { token, expiresAt } = await signer.signAccess({ sub: userId, name, grants, ties });
      return { userId, name, email, grants, accessToken: token, expiresAt };
    },
    async forGuest({ userId, name }, showId) {
      const grants = [...guestGrants];
      const ties = await findTies(userId, showId);
      const { token, expiresAt } = await signer.signAccess({ sub: userId, name, grants, ties });
      return { userId, name, grants, accessToken: token, expiresAt };
    },
    async forSession(session, showId) {
      const owner = session.find();
      if (owner?.kind === 'guest') return issuer.forGuest(owner, showId);
      const user = owner === undefined ? undefined : await findUser(orm, owner.userId);
      if (user !== undefined) return issuer.forUser(user, showId);
      const guest = createGuest();
      await session.begin(guest);
      return issuer.forGuest(guest);
    },
  };
  return issuer;
}

function createGuest(): Extract<SessionOwner, { kind: 'guest' }> {
  const [random = 0] = crypto.getRandomValues(new Uint16Array(1));
  return { kind: 'guest', userId: createId('guest'), name: `Guest ${1_000 + (random % 9_000)}` };
}
