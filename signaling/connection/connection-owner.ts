import { AppError, toErrorBody } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { createKeyedBuckets } from '@souk/runtime/token-bucket';
import type { HubMetrics } from '../hub-metrics.ts';
import type { RoomKeeper } from '../rooms/room-keeper.ts';
import type { ConnectionOwner } from './connection.ts';
import type { Connections } from './connections.ts';
import type { Dispatch } from './dispatch.ts';
import { BURST_SECONDS, type HubLimits } from './hub-limits.ts';

export interface OwnerDeps {
  readonly connections: Connections;
  readonly rooms: Pick<RoomKeeper, 'leaveAll' | 'pause' | 'resume'>;
  readonly dispatch: Dispatch;
  readonly metrics: Pick<HubMetrics, 'cuts' | 'behind'>;
  readonly limits: HubLimits;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Passes on what clients send, at bounded rates, and clears up after them. */
export function createConnectionOwner(deps: OwnerDeps): ConnectionOwner {
  const { connections, rooms, dispatch, metrics, limits, clock, logger } = deps;
  const bucketsOf = (perSecond: number) =>
    createKeyedBuckets({ rate: { burst: perSecond * BURST_SECONDS, perSecond }, clock });
  const ofUsers = bucketsOf(limits.eventsPerUserPerSecond);
  const ofAddresses = bucketsOf(limits.eventsPerAddressPerSecond);
  return {
    behindMs: limits.behindMs,
    onEvent(connection, name, args, acknowledge) {
      const { userId } = connection.session;
      if (!ofUsers.take(userId).ok) {
        logger.info({ event: 'too-many-messages', userId });
        connection.cut('too-many-messages');
        return;
      }
      const ofAddress = ofAddresses.take(connection.address);
      if (!ofAddress.ok) {
        // Perhaps another one behind the same address: refused, not cut.
        const refusal = new AppError('RATE_LIMITED', { retryAfterMs: ofAddress.retryAfterMs });
        acknowledge?.({ ok: false, error: toErrorBody(refusal) });
        return;
      }
      dispatch(connection, name, args, acknowledge).catch((err: unknown) =>
        logger.error({ event: 'dispatch-failed', err }),
      );
    },
    onBehind(connection) {
      metrics.behind.inc();
      rooms.pause(connection);
    },
    onCaughtUp: (connection) => rooms.resume(connection),
    onClosed(connection) {
      connections.remove(connection);
      rooms.leaveAll(connection);
    },
    onCut(reason) {
      metrics.cuts.inc({ reason });
      logger.info({ event: 'connection-cut', reason });
    },
  };
}
