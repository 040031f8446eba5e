import type { UserId } from '@souk/protocol/ids';
import type { Grant } from '@souk/protocol/roles';
import type { Connection } from '../connection/connection.ts';
import { viewerGrant } from './start-hub.ts';

export interface FakeConnection extends Connection {
  readonly channels: Set<string>;
  /** What was sent, with the event's name. */
  readonly sent: [string, unknown][];
}

let made = 0;

/** A connection that keeps in memory what it is sent and where it stands. */
export function createFakeConnection(
  userId: UserId,
  grants: readonly Grant[] = [viewerGrant],
): FakeConnection {
  made += 1;
  const channels = new Set<string>();
  const sent: [string, unknown][] = [];
  return {
    id: `connection-${made}`,
    isOpen: true,
    isBehind: false,
    session: { userId, name: 'Vera', isGuest: false, grants, ties: [], expiresAt: Number.MAX_SAFE_INTEGER },
    shows: new Set(),
    channels,
    sent,
    enter: (channel) => void channels.add(channel),
    exit: (channel) => void channels.delete(channel),
    send: (event, data) => void sent.push([event, data]),
    cut: () => undefined,
  };
}
