import { randomBytes } from 'node:crypto';
import net from 'node:net';
import { encodePong, encodeText, FrameReader, type OnText } from './web-socket-frames.ts';

/** A WebSocket that costs so little that thousands fit into one process, and that may also speak badly. */
export interface RawWebSocket {
  send(text: string): void;
  /** Bytes as they are. */
  write(bytes: Buffer): void;
  /** Ends the connection without a farewell. */
  cut(): void;
}

export interface RawWebSocketOptions {
  readonly url: URL;
  readonly onOpen: () => void;
  readonly onText: OnText;
  /** Called once, however it ends: the status is that of a refused handshake. */
  readonly onClose: (refusal?: { readonly status: number; readonly retryAfterMs: number }) => void;
}

/** All connections of a process read into it: what was read is looked at before the next read. */
const shared = Buffer.allocUnsafe(256 * 1_024);
const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** Connects; whether that went well the callbacks tell. */
export function openRawWebSocket({ url, onOpen, onText, onClose }: RawWebSocketOptions): RawWebSocket {
  let isOver = false;
  let head: Buffer | undefined = Buffer.alloc(0);
  const end = (refusal?: { status: number; retryAfterMs: number }): void => {
    if (isOver) return;
    isOver = true;
    socket.destroy();
    onClose(refusal);
  };
  const frames = new FrameReader({
    onText,
    onPing: (payload) => void socket.write(encodePong(payload)),
    onClose: () => end(),
  });
  const readHead = (chunk: Buffer): void => {
    head = Buffer.concat([head ?? Buffer.alloc(0), chunk]);
    const at = head.indexOf(END_OF_HEAD);
    if (at === -1) return;
    const text = head.subarray(0, at).toString('latin1');
    const rest = head.subarray(at + END_OF_HEAD.length);
    head = undefined;
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
    if (status !== 101) {
      end({ status, retryAfterMs: 1_000 * Number(/^retry-after: *(\d+)/im.exec(text)?.[1] ?? 0) });
      return;
    }
    onOpen();
    if (rest.length > 0) frames.read(rest);
  };
  const socket = net.connect({
    host: url.hostname,
    port: Number(url.port),
    noDelay: true,
    onread: {
      buffer: shared,
      callback: (length) => {
        if (isOver) return false;
        const chunk = shared.subarray(0, length);
        if (head === undefined) frames.read(chunk);
        else readHead(chunk);
        return true;
      },
    },
  });
  socket.on('connect', () => void socket.write(handshake(url)));
  // What went wrong shows in that it is closed.
  socket.on('error', () => end());
  socket.on('end', () => end());
  socket.on('close', () => end());
  const write = (bytes: Buffer): void => {
    if (!isOver) socket.write(bytes);
  };
  return { send: (text) => write(encodeText(text)), write, cut: () => end() };
}

function handshake(url: URL): string {
  return [
    `GET ${url.pathname}${url.search} HTTP/1.1`,
    `Host: ${url.host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    '\r\n',
  ].join('\r\n');
}
