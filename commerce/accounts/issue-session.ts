import type { Session } from '@souk/protocol/http/auth';
import { createId } from '@souk/protocol/ids';
import type { TokenSigner } from '@souk/runtime/tokens';
import type { Executor } from '../db/database.ts';
import { findGrants, guestGrants } from './grants.ts';
import type { LoginSession, SessionOwner } from './login-session.ts';
import { findUser, type UserRow } from './user-repository.ts';

/** Makes the answer that tells a person who they are, with a fresh token. */
export interface SessionIssuer {
  forUser(user: UserRow): Promise<Session>;
  forGuest(guest: Extract<SessionOwner, { kind: 'guest' }>): Promise<Session>;
  /** The session's owner; begins a guest session where there is none, or where the account is gone. */
  forSession(session: LoginSession): Promise<Session>;
}

export function createSessionIssuer(deps: { orm: Executor; signer: TokenSigner }): SessionIssuer {
  const { orm, signer } = deps;
  const issuer: SessionIssuer = {
    async forUser(user) {
      const { id: userId, name, email } = user;
      const grants = await findGrants(orm, user);
      const { token, expiresAt } = await signer.signAccess({ sub: userId, name, grants });
      return { userId, name, email, grants, accessToken: token, expiresAt };
    },
    async forGuest({ userId, name }) {
      const grants = [...guestGrants];
      const { token, expiresAt } = await signer.signAccess({ sub: userId, name, grants });
      return { userId, name, grants, accessToken: token, expiresAt };
    },
    async forSession(session) {
      const owner = session.find();
      if (owner?.kind === 'guest') return issuer.forGuest(owner);
      const user = owner === undefined ? undefined : await findUser(orm, owner.userId);
      if (user !== undefined) return issuer.forUser(user);
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
