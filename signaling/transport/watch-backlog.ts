import type { HubServer, TransportOptions } from './hub-transport.ts';

/** How often the backlog of each client is looked at. */
const CHECK_MS = 250;

/** A client's WebSocket, as far as its backlog is concerned. */
export interface Backlog {
  /** Bytes that wait for this client. */
  readonly bytes: number;
  /** Closes at once, without waiting for the client. */
  end(): void;
}

/**
 * Cuts clients that fall too far behind, until the returned function is called. The servers below keep everything that
 * waits: a server's own bound would drop messages and keep the connection, or close it without saying why.
 * `backlogOf` gives undefined for a connection that is closing already.
 */
export function watchBacklog(
  io: HubServer,
  { maxBackpressureBytes, onSlowClient }: TransportOptions,
  backlogOf: (conn: unknown) => Backlog | undefined,
): () => void {
  const timer = setInterval(() => {
    for (const { conn } of io.sockets.sockets.values()) {
      const backlog = backlogOf(conn);
      if (backlog === undefined || backlog.bytes <= maxBackpressureBytes) continue;
      onSlowClient();
      backlog.end();
    }
  }, CHECK_MS);
  return () => clearInterval(timer);
}
