import { isGuestId, type UserId, userIdSchema } from '@souk/protocol/ids';
import type { AccessClaims, Grant, Tie } from '@souk/protocol/roles';

/** Who is at the other end of a connection, as the access token says. */
export interface Session {
  readonly userId: UserId;
  readonly name: string;
  readonly isGuest: boolean;
  readonly grants: readonly Grant[];
  /** Shops that the person follows or has bought from. */
  readonly ties: readonly Tie[];
  /** Server wall-clock milliseconds. */
  readonly expiresAt: number;
}

/** The session that verified claims stand for. Throws ZodError when the subject is not a user's id. */
export function createSession({ sub, name, grants, ties, exp }: AccessClaims): Session {
  const userId = userIdSchema.parse(sub);
  return { userId, name, grants, ties, isGuest: isGuestId(userId), expiresAt: exp * 1_000 };
}
