import { AppError, toAppError, toErrorBody } from '@souk/runtime/app-error';
import type { Logger } from '@souk/runtime/logger';
import type { TokenVerifier } from '@souk/runtime/tokens';
import { z } from 'zod';
import type { HubSocket } from '../transport/hub-transport.ts';
import { createConnection, type OnCut } from './connection.ts';
import { createSession } from './session.ts';

const handshakeSchema = z.object({ token: z.string().min(1).max(8_192) });

export interface AuthenticateDeps {
  readonly verifier: TokenVerifier;
  readonly logger: Logger;
  readonly onCut: OnCut;
}

/**
 * Makes the check at the door: no connection without a good token in `auth.token`. A refusal reaches the client as
 * `connect_error`, whose `message` is the code and whose `data` is the whole error.
 */
export function createAuthenticator(deps: AuthenticateDeps) {
  return (socket: HubSocket, next: (err?: Error) => void): void => {
    admit(socket, deps)
      .then(() => next())
      .catch((error: unknown) => {
        const refusal = toAppError(error);
        if (refusal.status >= 500) deps.logger.error({ event: 'handshake-failed', err: refusal });
        next(Object.assign(new Error(refusal.code), { data: toErrorBody(refusal) }));
      });
  };
}

async function admit(socket: HubSocket, { verifier, onCut }: AuthenticateDeps): Promise<void> {
  const handshake = handshakeSchema.safeParse(socket.handshake.auth);
  if (!handshake.success) throw new AppError('UNAUTHENTICATED');
  const claims = await verifier.verifyAccess(handshake.data.token);
  socket.data.connection = createConnection(socket, createSession(claims), onCut);
}
