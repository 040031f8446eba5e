import { AppError } from '@souk/runtime/app-error';
import type { TokenVerifier } from '@souk/runtime/tokens';
import { createSession } from '../connection/session.ts';
import type { RoomKeeper } from '../rooms/room-keeper.ts';
import type { Handler } from './handler.ts';

export interface SessionRenewDeps {
  readonly verifier: TokenVerifier;
  readonly rooms: Pick<RoomKeeper, 'refresh'>;
}

/** Takes a fresh token of the same person; new or lost grants take effect in the followed shows at once. */
export function createSessionRenew({ verifier, rooms }: SessionRenewDeps): Handler<'session:renew'> {
  return async ({ connection, payload }) => {
    const session = createSession(await verifier.verifyAccess(payload.token));
    if (session.userId !== connection.session.userId) {
      throw new AppError('FORBIDDEN', { detail: 'the token is of another person' });
    }
    connection.session = session;
    rooms.refresh(connection);
    return { expiresAt: session.expiresAt };
  };
}
