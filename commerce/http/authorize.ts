import type { HttpCommandSpec } from '@souk/protocol/commands/command-spec';
import { merchantIdSchema, showIdSchema } from '@souk/protocol/ids';
import type { Role } from '@souk/protocol/roles';
import { AppError } from '@souk/runtime/app-error';
import { findBearerToken, type TokenVerifier } from '@souk/runtime/tokens';
import { z } from 'zod';
import type { RoleFinder } from '../accounts/role-finder.ts';
import { type Caller, createCaller } from './caller.ts';

/** The caller of an `Authorization` header. Throws AppError UNAUTHENTICATED or TOKEN_EXPIRED. */
export async function authenticate(
  authorization: string | undefined,
  verifier: TokenVerifier,
): Promise<Caller> {
  const token = findBearerToken(authorization);
  if (token === undefined) throw new AppError('UNAUTHENTICATED');
  return createCaller(await verifier.verifyAccess(token));
}

const merchantScope = z.object({ merchantId: merchantIdSchema });
const showScope = z.object({ showId: showIdSchema });

/** Input that was not parsed yet: enough to see what the command acts on. */
export interface RawInput {
  readonly params: unknown;
  readonly body: unknown;
}

/**
 * The roles of the caller where the command acts, or undefined when the input does not name that place:
 * the schema will refuse it then.
 */
export async function findRolesAtScope(
  spec: HttpCommandSpec,
  caller: Caller,
  input: RawInput,
  roles: RoleFinder,
): Promise<Set<Role> | undefined> {
  switch (spec.scope) {
    case 'platform':
      return roles.atPlatform(caller);
    case 'merchant': {
      const place = merchantScope.safeParse({ ...asRecord(input.body), ...asRecord(input.params) });
      return place.success ? roles.atMerchant(caller, place.data.merchantId) : undefined;
    }
    case 'show': {
      const place = showScope.safeParse(input.params);
      return place.success ? roles.atShow(caller, place.data.showId) : undefined;
    }
  }
}

function asRecord(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

/** Throws AppError FORBIDDEN unless one of the held roles may send the command. */
export function assertRole(spec: HttpCommandSpec, held: ReadonlySet<Role>): void {
  if (spec.roles !== 'public' && !spec.roles.some((role) => held.has(role))) throw new AppError('FORBIDDEN');
}
