import type { Cut, Frame } from '@souk/protocol/commands/frames';
import type { Logger } from '@souk/runtime/logger';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Connection } from '../connection/connection.ts';

/** What the hub sends of its own accord. */
export interface ServerEvents {
  frame: (frame: Frame) => void;
  cut: (cut: Cut) => void;
}

/** What the hub keeps with a socket. */
export interface SocketData {
  connection: Connection;
}

export type HubServer = Server<DefaultEventsMap, ServerEvents, DefaultEventsMap, SocketData>;
export type HubSocket = Socket<DefaultEventsMap, ServerEvents, DefaultEventsMap, SocketData>;

/** An answer to a plain GET on the hub's port. */
export interface RouteAnswer {
  readonly status: 200 | 503;
  readonly contentType: string;
  readonly body: string;
}

/** Headers of an HTTP request, names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface TransportOptions {
  readonly logger: Logger;
  /** False refuses the handshake with 403. */
  readonly acceptsOrigin: (headers: RequestHeaders) => boolean;
  /** Plain GET routes beside the socket, by exact path. */
  readonly routes: Readonly<Record<string, () => Promise<RouteAnswer>>>;
  /** Largest message from a client; a larger one closes its connection. */
  readonly maxPayloadBytes: number;
  /** How much may wait for one client; one that falls further behind is cut. */
  readonly maxBackpressureBytes: number;
  /** Called for each client that was cut because it fell too far behind. */
  readonly onSlowClient: () => void;
}

/** Carries socket.io over one kind of server. WebSocket only; nothing is dropped silently. */
export interface HubTransport {
  readonly kind: 'uws' | 'node';
  readonly io: HubServer;
  /** Begins to listen and gives the port. Rejects when the port is taken. */
  listen(host: string, port: number): Promise<number>;
  /** Ends every connection and frees the port. Idempotent. */
  close(): Promise<void>;
}

/** Settings of Engine.IO that both transports share; the only way to connect is a WebSocket. */
export const engineSettings = {
  path: '/socket.io',
  pingInterval: 20_000,
  pingTimeout: 15_000,
} as const;

/** A client that has not authenticated after this time is closed. */
export const CONNECT_TIMEOUT_MS = 5_000;
