import { AppError, toAppError } from '@souk/runtime/app-error';
import type { TokenVerifier } from '@souk/runtime/tokens';
import { z } from 'zod';
import type { HubMetrics } from '../hub-metrics.ts';
import type { Link } from '../transport/hub-transport.ts';
import type { AddressBook } from './address-book.ts';
import type { Admission } from './admission.ts';
import { type ConnectionOwner, HubConnection } from './connection.ts';
import type { Connections } from './connections.ts';
import { createSession } from './session.ts';

const handshakeSchema = z.object({ token: z.string().min(1).max(8_192) });

export interface DoorDeps {
  readonly verifier: TokenVerifier;
  readonly admission: Admission;
  readonly addresses: AddressBook;
  readonly connections: Connections;
  readonly owner: ConnectionOwner;
  readonly metrics: Pick<HubMetrics, 'refusals'>;
}

/**
 * Makes the check at the door: a good token in `auth.token`, at a bounded rate of all, and not too many from one
 * address. Throws AppError UNAUTHENTICATED, TOKEN_EXPIRED, OVERLOADED or TOO_MANY_CONNECTIONS.
 */
export function createDoor(deps: DoorDeps) {
  return async (link: Link, auth: unknown): Promise<HubConnection> => {
    try {
      return await letIn(link, auth, deps);
    } catch (error) {
      deps.metrics.refusals.inc({ code: toAppError(error).code });
      throw error;
    }
  };
}

async function letIn(
  link: Link,
  auth: unknown,
  { verifier, admission, addresses, connections, owner }: DoorDeps,
): Promise<HubConnection> {
  const handshake = handshakeSchema.safeParse(auth);
  if (!handshake.success) throw new AppError('UNAUTHENTICATED');
  addresses.assertWithin(link.address);
  admission.assertAdmits();
  const session = createSession(await verifier.verifyAccess(handshake.data.token));
  const connection = new HubConnection(link, session, owner);
  connections.add(connection);
  return connection;
}
