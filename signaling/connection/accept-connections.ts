import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { createTokenBucket } from '@souk/runtime/token-bucket';
import type { TokenVerifier } from '@souk/runtime/tokens';
import type { HubMetrics } from '../hub-metrics.ts';
import type { RoomKeeper } from '../rooms/room-keeper.ts';
import type { HubServer, HubSocket } from '../transport/hub-transport.ts';
import { createAuthenticator } from './authenticate.ts';
import type { OnCut } from './connection.ts';
import type { Connections } from './connections.ts';
import type { Dispatch } from './dispatch.ts';

/** How many events of any kind one connection may send; whoever sends more is cut. */
const eventRate = { burst: 200, perSecond: 50 } as const;

export interface AcceptDeps {
  readonly verifier: TokenVerifier;
  readonly connections: Connections;
  readonly rooms: RoomKeeper;
  readonly dispatch: Dispatch;
  readonly metrics: HubMetrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Lets authenticated clients in, passes on what they send, and clears up after them. */
export function acceptConnections(io: HubServer, deps: AcceptDeps): void {
  const { verifier, metrics, logger } = deps;
  const onCut: OnCut = (reason) => {
    metrics.cuts.inc({ reason });
    logger.info({ event: 'connection-cut', reason });
  };
  io.use(createAuthenticator({ verifier, logger, onCut }));
  io.on('connection', (socket) => accept(socket, deps));
}

function accept(socket: HubSocket, { connections, rooms, dispatch, clock, logger }: AcceptDeps): void {
  const { connection } = socket.data;
  const events = createTokenBucket(eventRate, clock);
  connections.add(connection);
  socket.onAny((name: string, ...args: unknown[]) => {
    if (!events.take().ok) {
      logger.info({
        event: 'connection-cut',
        reason: 'too-many-messages',
        userId: connection.session.userId,
      });
      connection.cut('too-many-messages');
      return;
    }
    dispatch(connection, name, args).catch((err: unknown) => logger.error({ event: 'dispatch-failed', err }));
  });
  socket.on('disconnect', (reason) => {
    connections.remove(connection);
    rooms.leaveAll(connection);
    logger.debug({ event: 'disconnected', reason });
  });
}
