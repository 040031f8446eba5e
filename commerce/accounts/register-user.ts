import { createId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { type Executor, isUniqueViolation } from '../db/database.ts';
import type { PasswordHasher } from './password-hasher.ts';
import { insertUser, type UserRow } from './user-repository.ts';

export interface NewUser {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly isAdmin?: boolean;
}

export type RegisterUser = (user: NewUser) => Promise<UserRow>;

/** Makes accounts. Throws AppError EMAIL_TAKEN. */
export function createRegisterUser(deps: {
  orm: Executor;
  hasher: PasswordHasher;
  clock: Clock;
}): RegisterUser {
  return async ({ email, password, name, isAdmin = false }) => {
    const row: UserRow = {
      id: createId('user'),
      email,
      passwordHash: await deps.hasher.hash(password),
      name,
      isAdmin,
      createdAt: deps.clock.now(),
    };
    try {
      await insertUser(deps.orm, row);
    } catch (cause) {
      if (isUniqueViolation(cause)) throw new AppError('EMAIL_TAKEN', { cause });
      throw cause;
    }
    return row;
  };
}
