import { CUT_EVENT, type Cut, FRAME_EVENT, type Frame } from '@souk/protocol/commands/frames';
import type { ShowId } from '@souk/protocol/ids';
import type { HubSocket } from '../transport/hub-transport.ts';
import type { Session } from './session.ts';

/** One client, as rooms and handlers see it. */
export interface Connection {
  readonly id: string;
  readonly isOpen: boolean;
  session: Session;
  /** The shows that this client follows. */
  readonly shows: Set<ShowId>;
  enter(channel: string): void;
  exit(channel: string): void;
  /** Sends a frame to this client alone. */
  send(frame: Frame): void;
  /** Tells the client why, then closes; a client that reconnects by itself will come back. */
  cut(reason: Cut['reason']): void;
}

/** Called whenever the hub closes a connection. */
export type OnCut = (reason: Cut['reason']) => void;

/** Wraps a socket that has authenticated. */
export function createConnection(socket: HubSocket, session: Session, onCut: OnCut): Connection {
  return {
    id: socket.id,
    get isOpen() {
      return socket.connected;
    },
    session,
    shows: new Set(),
    enter: (channel) => void socket.join(channel),
    exit: (channel) => void socket.leave(channel),
    send: (frame) => void socket.emit(FRAME_EVENT, frame),
    cut(reason) {
      onCut(reason);
      socket.emit(CUT_EVENT, { reason });
      // The connection below, not the socket: after a farewell of socket.io clients do not reconnect by themselves.
      socket.conn.close();
    },
  };
}
