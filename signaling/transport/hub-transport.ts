import type { Logger } from '@souk/runtime/logger';

/** An answer to a plain GET on the hub's port. */
export interface RouteAnswer {
  readonly status: 200 | 503;
  readonly contentType: string;
  readonly body: string;
}

/** Headers of an HTTP request, names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Answers one event; only the first call counts. */
export type Acknowledge = (answer: unknown) => void;

/** One client's line to this node. What is sent arrives in order, or the line ends. */
export interface Link {
  /** Unique among the links of this node. */
  readonly id: string;
  /** Network address of the client, as told by the proxy in front where there is one. */
  readonly address: string;
  readonly isOpen: boolean;
  enter(channel: string): void;
  exit(channel: string): void;
  /** Sends an event to this client alone. While the client is behind it waits, up to `maxHeldBytes`. */
  send(event: string, data: unknown): void;
  /** Closes after what was sent, without a farewell of socket.io: the client reconnects by itself. */
  close(): void;
  /** Closes at once, for clients that do not read. */
  terminate(): void;
}

/** What a link tells its owner. */
export interface LinkListener {
  /** `acknowledge` is undefined where the client waits for no answer. */
  onEvent(name: string, args: readonly unknown[], acknowledge: Acknowledge | undefined): void;
  /** Something published could not be sent, or soon could not: the client must leave its channels now. */
  onBehind(): void;
  /** Everything that waited has been sent. */
  onCaughtUp(): void;
  onClosed(): void;
}

export interface TransportOptions {
  readonly logger: Logger;
  /** False refuses the handshake with 403. */
  readonly acceptsOrigin: (headers: RequestHeaders) => boolean;
  /** Plain GET routes beside the socket, by exact path. */
  readonly routes: Readonly<Record<string, () => Promise<RouteAnswer>>>;
  /** Largest message from a client; a larger one closes its connection. */
  readonly maxPayloadBytes: number;
  /** With more than this waiting a client is behind. */
  readonly maxBacklogBytes: number;
  /** With more than this held back for a client that is behind, its link ends. */
  readonly maxHeldBytes: number;
  readonly heartbeat?: Heartbeat;
  /** Called once for each link that has opened, before the client has said who it is. */
  readonly onOpen?: (link: Link) => void;
  /** Called once for each link for which `onOpen` was called. */
  readonly onClose?: (link: Link) => void;
  /** Decides on a client, given what it sent as `auth`. What it throws is the refusal: `connect_error` with its body. */
  readonly admit: (link: Link, auth: unknown) => Promise<LinkListener>;
}

/** Carries the protocol of socket.io over one kind of server. WebSocket only; nothing is dropped silently. */
export interface HubTransport {
  readonly kind: 'uws' | 'node';
  /** Sends an event to all who are in a channel; it is encoded once. */
  publish(channel: string, event: string, data: unknown): void;
  /** Begins to listen and gives the port. Rejects when the port is taken. */
  listen(host: string, port: number): Promise<number>;
  /** Ends every connection and frees the port. Idempotent. */
  close(): Promise<void>;
}

/** Milliseconds between two pings, and for how long a client may leave one unanswered. */
export interface Heartbeat {
  readonly intervalMs: number;
  readonly timeoutMs: number;
}

export const HUB_PATH = '/socket.io/';
export const defaultHeartbeat: Heartbeat = { intervalMs: 20_000, timeoutMs: 15_000 };
/** A client that has not authenticated after this time is closed. */
export const CONNECT_TIMEOUT_MS = 5_000;
