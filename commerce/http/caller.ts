import { isGuestId, type UserId, userIdSchema } from '@souk/protocol/ids';
import type { AccessClaims, Grant } from '@souk/protocol/roles';

/** Who sends a command, as the access token says. */
export interface Caller {
  readonly userId: UserId;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly isGuest: boolean;
}

/** The caller of a verified token. Throws ZodError when the subject is no user. */
export function createCaller(claims: AccessClaims): Caller {
  const userId = userIdSchema.parse(claims.sub);
  return { userId, name: claims.name, grants: claims.grants, isGuest: isGuestId(userId) };
}
