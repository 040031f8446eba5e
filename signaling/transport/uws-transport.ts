import type {
  HttpRequest,
  TemplatedApp,
  us_listen_socket,
  us_socket_context_t,
  WebSocket,
} from 'uWebSockets.js';
import { randomBytes } from 'node:crypto';
import { clientAddressOf } from './client-address.ts';
import {
  CONNECT_TIMEOUT_MS,
  defaultHeartbeat,
  type Heartbeat,
  HUB_PATH,
  type HubTransport,
  type RequestHeaders,
  type TransportOptions,
} from './hub-transport.ts';
import { encodeEvent, encodeOpen, PING } from './packets.ts';
import { type NativeData, UwsLink } from './uws-link.ts';
import { addUwsRoutes } from './uws-routes.ts';

type Typed = typeof import('uWebSockets.js');

/** The native module. Its types lack what it has: the flag below, and a `listen` that takes an address with flags. */
export type Uws = Typed & { readonly LIBUS_LISTEN_EXCLUSIVE_PORT: number };
type ListenWithFlags = (
  host: string,
  port: number,
  flags: number,
  done: (socket: us_listen_socket | false) => void,
) => void;

/** Loads the native server, or gives the reason where there is no binary for this machine. */
export async function findUws(): Promise<{ uws: Uws } | { cause: unknown }> {
  try {
    const loaded: unknown = await import('uWebSockets.js');
    return { uws: (loaded as { default: Uws }).default };
  } catch (cause) {
    return { cause };
  }
}

/** Clients are pinged in turns, so that not all answer at the same moment. */
const PING_GROUPS = 20;
const STRANGER_SWEEP_MS = 1_000;
const pingTopic = (group: number): string => `\x1fping:${group}`;

/**
 * The protocol of socket.io straight on uWebSockets.js: an event for a channel is encoded once and published natively,
 * and so are the pings. A client that stays silent is closed by the native server's own idle timeout.
 */
export function createUwsTransport(uws: Uws, options: TransportOptions): HubTransport {
  const heartbeat = options.heartbeat ?? defaultHeartbeat;
  const app = uws.App();
  const links = new Set<UwsLink>();
  const strangers = new Set<UwsLink>();
  serveLinks(app, { options, heartbeat, links, strangers });
  addUwsRoutes(app, options);
  const timers = [
    startPings(app, heartbeat),
    setInterval(() => closeStrangers(strangers), STRANGER_SWEEP_MS),
  ];
  let listening: us_listen_socket | undefined;
  let isClosed = false;
  return {
    kind: 'uws',
    publish: (channel, event, data) => void app.publish(channel, encodeEvent(event, data)),
    async listen(host, port) {
      listening = await listenExclusively(uws, app, host, port);
      return uws.us_socket_local_port(listening);
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      for (const timer of timers) clearInterval(timer);
      if (listening !== undefined) uws.us_listen_socket_close(listening);
      for (const link of links) link.close();
      app.close();
    },
  };
}

interface Serving {
  readonly options: TransportOptions;
  readonly heartbeat: Heartbeat;
  readonly links: Set<UwsLink>;
  readonly strangers: Set<UwsLink>;
}

function serveLinks(app: TemplatedApp, { options, heartbeat, links, strangers }: Serving): void {
  const createLink = createLinks(options);
  const facts = {
    pingInterval: heartbeat.intervalMs,
    pingTimeout: heartbeat.timeoutMs,
    maxPayload: options.maxPayloadBytes,
  };
  const linkOf = (native: WebSocket<NativeData>): UwsLink => native.getUserData().link;
  let opened = 0;
  app.ws<NativeData>(HUB_PATH, {
    maxPayloadLength: options.maxPayloadBytes,
    maxBackpressure: options.maxBacklogBytes,
    idleTimeout: toIdleTimeoutSeconds(heartbeat),
    sendPingsAutomatically: false,
    upgrade(response, request, context) {
      const headers = headersOf(request);
      const refusal = refusalOf(request, headers, options);
      if (refusal !== undefined) {
        response.writeStatus(refusal.status).end(JSON.stringify({ message: refusal.message }));
        return;
      }
      const remote = Buffer.from(response.getRemoteAddressAsText()).toString();
      const data = { link: createLink(clientAddressOf(remote, headers)) };
      response.upgrade(data, ...handshakeOf(headers), context as us_socket_context_t);
    },
    open(native) {
      const link = linkOf(native);
      links.add(link);
      strangers.add(link);
      native.subscribe(pingTopic(opened % PING_GROUPS));
      opened += 1;
      link.opened(native, encodeOpen(link.id, facts));
      options.onOpen?.(link);
    },
    message(native, message, isBinary) {
      // Attachments of binary events: no command takes them, and the event itself is refused.
      if (!isBinary) linkOf(native).heard(Buffer.from(message).toString());
    },
    dropped: (native) => linkOf(native).dropped(),
    drain: (native) => linkOf(native).drained(),
    close(native) {
      const link = linkOf(native);
      links.delete(link);
      strangers.delete(link);
      link.closed();
      options.onClose?.(link);
    },
  });
}

/** Ids that are short, since a node keeps many of them, and hard to mistake for those of another node. */
function createLinks(options: TransportOptions): (address: string) => UwsLink {
  const node = randomBytes(6).toString('base64url');
  let made = 0;
  return (address) => {
    made += 1;
    return new UwsLink(`${node}${made.toString(36)}`, address, options);
  };
}

function headersOf(request: HttpRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  request.forEach((name, value) => {
    headers[name] = value;
  });
  return headers;
}

function refusalOf(request: HttpRequest, headers: RequestHeaders, { acceptsOrigin }: TransportOptions) {
  const isKnown = request.getQuery('EIO') === '4' && request.getQuery('transport') === 'websocket';
  if (!isKnown) return { status: '400 Bad Request', message: 'Only WebSocket, revision 4 of Engine.IO' };
  return acceptsOrigin(headers) ? undefined : { status: '403 Forbidden', message: 'ORIGIN_NOT_ALLOWED' };
}

function handshakeOf(headers: Record<string, string>): [key: string, protocol: string, extensions: string] {
  const header = (name: string): string => headers[`sec-websocket-${name}`] ?? '';
  return [header('key'), header('protocol'), header('extensions')];
}

/** The native server counts in steps of four seconds, and at least eight. */
function toIdleTimeoutSeconds({ intervalMs, timeoutMs }: Heartbeat): number {
  return Math.max(8, Math.ceil((intervalMs + timeoutMs) / 4_000) * 4);
}

function startPings(app: TemplatedApp, { intervalMs }: Heartbeat): NodeJS.Timeout {
  let turn = 0;
  return setInterval(() => {
    app.publish(pingTopic(turn % PING_GROUPS), PING);
    turn += 1;
  }, intervalMs / PING_GROUPS);
}

function closeStrangers(strangers: Set<UwsLink>): void {
  const latest = performance.now() - CONNECT_TIMEOUT_MS;
  for (const link of strangers) {
    // In the order of their opening.
    if (link.openedAt > latest) return;
    strangers.delete(link);
    if (link.isStranger) link.close();
  }
}

/** Without the exclusive flag a second process could listen on the same port and take a part of the connections. */
function listenExclusively(
  uws: Uws,
  app: TemplatedApp,
  host: string,
  port: number,
): Promise<us_listen_socket> {
  return new Promise((resolve, reject) => {
    const listen = app.listen.bind(app) as unknown as ListenWithFlags;
    listen(host, port, uws.LIBUS_LISTEN_EXCLUSIVE_PORT, (socket) => {
      if (socket) resolve(socket);
      else reject(new Error(`cannot listen on ${host}:${port}: the port is taken or not allowed`));
    });
  });
}
