import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/** One keep-alive connection that carries one request at a time. */
export interface HttpConnection {
  /** Sends a whole request; calls back once, with undefined when the connection broke. */
  send(request: string, onAnswer: (answer: RawAnswer | undefined) => void): void;
  close(): void;
}

const HEAD_END = '\r\n\r\n';

/**
 * A bare HTTP/1.1 client (RFC 9112): it costs a fraction of a general one, so that on a small machine the load
 * generator takes little from the server. It understands answers with a Content-Length only, as all of ours are.
 */
export async function openConnection(host: string, port: number): Promise<HttpConnection> {
  const socket = connect({ host, port, noDelay: true });
  await once(socket, 'connect');
  return speakHttp(socket);
}

function speakHttp(socket: Socket): HttpConnection {
  let received: Buffer[] = [];
  let receivedBytes = 0;
  /** Bytes of the whole answer, once its head is there. */
  let wanted: { readonly status: number; readonly bodyAt: number; readonly end: number } | undefined;
  let waiting: ((answer: RawAnswer | undefined) => void) | undefined;
  let isBroken = false;

  const finish = (answer: RawAnswer | undefined): void => {
    const callback = waiting;
    [received, receivedBytes, wanted, waiting] = [[], 0, undefined, undefined];
    callback?.(answer);
  };
  const fail = (): void => {
    isBroken = true;
    socket.destroy();
    finish(undefined);
  };
  socket.on('data', (chunk) => {
    received.push(chunk);
    receivedBytes += chunk.length;
    wanted ??= readHead(Buffer.concat(received));
    if (wanted === undefined || receivedBytes < wanted.end) return;
    if (Number.isNaN(wanted.end)) return fail();
    finish({ status: wanted.status, body: Buffer.concat(received).subarray(wanted.bodyAt, wanted.end) });
  });
  socket.on('error', fail);
  socket.on('close', fail);
  return {
    send(request, onAnswer) {
      waiting = onAnswer;
      if (isBroken) finish(undefined);
      else socket.write(request);
    },
    close: () => void socket.destroy(),
  };
}

function readHead(bytes: Buffer): { status: number; bodyAt: number; end: number } | undefined {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const bodyAt = headEnd + HEAD_END.length;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  return { status: Number(head.slice(9, 12)), bodyAt, end: bodyAt + Number(length ?? Number.NaN) };
}
