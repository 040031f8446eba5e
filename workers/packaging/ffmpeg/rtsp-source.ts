import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** Hands tracks to one ffmpeg on this machine. */
export interface RtspSource {
  readonly url: string;
  /** Resolves when ffmpeg waits for packets. */
  readonly playing: Promise<void>;
  /** Sends an RTP packet, or a report about it, of the track with that place in the description. */
  send(track: number, packet: Buffer, kind: 'rtp' | 'rtcp'): void;
  /** Bytes that ffmpeg has not read yet. */
  readonly backlogBytes: number;
  close(): void;
}

interface Session {
  readonly sdp: string;
  readonly path: string;
  readonly onPlay: (socket: Socket) => void;
}

const MAGIC = 0x24;
const INTERLEAVED_HEADER_BYTES = 4;
const REQUEST_MAX_BYTES = 16_384;

/**
 * A server of RTSP (RFC 2326) for one session with RTP inside the connection: unlike UDP it loses nothing, says when
 * ffmpeg is ready, lets nobody else in (the path is a secret), and ends ffmpeg when this process is gone.
 */
export async function openRtspSource(sdp: string): Promise<RtspSource> {
  const path = `/${crypto.randomUUID()}`;
  let player: Socket | undefined;
  let begin: () => void = () => undefined;
  const playing = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.setNoDelay(true));
    socket.on('close', () => sockets.delete(socket));
    // The end of ffmpeg is heard of elsewhere.
    socket.on('error', () => undefined);
    const onPlay = (): void => {
      player = socket;
      begin();
    };
    answerRequests(socket, { sdp, path, onPlay });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return {
    url: `rtsp://127.0.0.1:${address.port}${path}`,
    playing,
    send(track, packet, kind) {
      if (player === undefined || player.destroyed) return;
      const header = Buffer.alloc(INTERLEAVED_HEADER_BYTES);
      header.writeUInt8(MAGIC, 0);
      header.writeUInt8(track * 2 + (kind === 'rtcp' ? 1 : 0), 1);
      header.writeUInt16BE(packet.length, 2);
      player.cork();
      player.write(header);
      player.write(packet);
      player.uncork();
    },
    get backlogBytes() {
      return player?.writableLength ?? 0;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function answerRequests(socket: Socket, session: Session): void {
  let unread: Buffer = Buffer.alloc(0);
  socket.on('data', (data: Buffer) => {
    unread = Buffer.concat([unread, data]);
    for (;;) {
      const taken = takeOne(unread, (request) => socket.write(answer(request, session, socket)));
      if (taken === 0) break;
      unread = unread.subarray(taken);
    }
    if (unread.length > REQUEST_MAX_BYTES) socket.destroy();
  });
}

/** Takes one request, or one report of ffmpeg about what it got. Returns how many bytes that was; 0: not all there yet. */
function takeOne(unread: Buffer, onRequest: (request: string) => void): number {
  if (unread.length < INTERLEAVED_HEADER_BYTES) return 0;
  if (unread.readUInt8(0) === MAGIC) {
    const length = INTERLEAVED_HEADER_BYTES + unread.readUInt16BE(2);
    return unread.length < length ? 0 : length;
  }
  const end = unread.indexOf('\r\n\r\n');
  if (end === -1) return 0;
  onRequest(unread.toString('latin1', 0, end));
  return end + 4;
}

function answer(request: string, { sdp, path, onPlay }: Session, socket: Socket): string {
  const [requestLine = '', ...headerLines] = request.split('\r\n');
  const [method, url = ''] = requestLine.split(' ');
  const headers = new Map(headerLines.map(splitHeader));
  const base = [`CSeq: ${headers.get('cseq') ?? '0'}`, 'Session: 1'];
  if (!url.includes(path)) return respond('404 Not Found', base);
  switch (method) {
    case 'OPTIONS':
      return respond('200 OK', [...base, 'Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER']);
    case 'DESCRIBE':
      return respond('200 OK', [...base, `Content-Base: ${url}/`, 'Content-Type: application/sdp'], sdp);
    case 'SETUP': {
      const track = Number(/\/track(\d+)$/.exec(url)?.[1] ?? 0);
      const transport = `RTP/AVP/TCP;unicast;interleaved=${track * 2}-${track * 2 + 1}`;
      return respond('200 OK', [...base, `Transport: ${transport}`]);
    }
    case 'PLAY':
      // The answer goes out before the first packet, for both are written to one connection.
      setImmediate(() => onPlay(socket));
      return respond('200 OK', base);
    default:
      return respond('200 OK', base);
  }
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
}

function respond(status: string, headers: readonly string[], body = ''): string {
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  return `${[`RTSP/1.0 ${status}`, ...headers, ...length].join('\r\n')}\r\n\r\n${body}`;
}
