import type { authCommands } from '@souk/protocol/http/auth';
import { AppError } from '@souk/runtime/app-error';
import type { Executor } from '../db/database.ts';
import type { HandlersOf } from '../http/route-handlers.ts';
import type { SessionIssuer } from './issue-session.ts';
import type { PasswordHasher } from './password-hasher.ts';
import type { RegisterUser } from './register-user.ts';
import { findUser, findUserByEmail, renameUser } from './user-repository.ts';

export interface AccountsDeps {
  readonly orm: Executor;
  readonly hasher: PasswordHasher;
  readonly issuer: SessionIssuer;
  readonly registerUser: RegisterUser;
}

export function createAccountsRoutes(deps: AccountsDeps): HandlersOf<keyof typeof authCommands> {
  const { orm, hasher, issuer, registerUser } = deps;
  return {
    'auth:register': async ({ query, body, session }) => {
      const user = await registerUser(body);
      await session.begin({ kind: 'user', userId: user.id });
      return issuer.forUser(user, query.showId);
    },
    'auth:login': async ({ query, body, session }) => {
      const user = await findUserByEmail(orm, body.email);
      const matches = await hasher.verify(user?.passwordHash, body.password);
      if (user === undefined || !matches) throw new AppError('INVALID_CREDENTIALS');
      await session.begin({ kind: 'user', userId: user.id });
      return issuer.forUser(user, query.showId);
    },
    'auth:token': ({ session, query }) => issuer.forSession(session, query.showId),
    'auth:logout': async ({ session }) => {
      await session.end();
      return {};
    },
    'auth:rename': async ({ caller, query, body, session }) => {
      const owner = session.find();
      // The token and the cookie must belong to the same person: the name is kept with the cookie's session.
      if (owner?.userId !== caller.userId) throw new AppError('UNAUTHENTICATED');
      if (owner.kind === 'guest') {
        const renamed = { ...owner, name: body.name };
        await session.update(renamed);
        return issuer.forGuest(renamed, query.showId);
      }
      await renameUser(orm, owner.userId, body.name);
      const user = await findUser(orm, owner.userId);
      if (user === undefined) throw new AppError('USER_NOT_FOUND');
      return issuer.forUser(user, query.showId);
    },
  };
}
