import { once } from 'node:events';
import { createServer } from 'node:http';

/** Takes what one ffmpeg writes, one output after the other by HTTP PUT. */
export interface SegmentSink {
  /** Where ffmpeg sends the output with that name. */
  url(output: string): string;
  close(): void;
}

/** Opens a sink on loopback; its path is a secret, so nobody else writes to it. */
export async function openSegmentSink(
  onBytes: (output: string, bytes: Buffer) => void,
): Promise<SegmentSink> {
  const secret = crypto.randomUUID();
  const server = createServer((request, response) => {
    const [, given, output] = (request.url ?? '').split('/');
    if (given !== secret || output === undefined) {
      response.writeHead(404).end();
      return;
    }
    request.on('data', (bytes: Buffer) => onBytes(output, bytes));
    request.on('end', () => response.end());
    // The end of ffmpeg is heard of elsewhere.
    request.on('error', () => undefined);
  });
  server.requestTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return {
    url: (output) => `http://127.0.0.1:${address.port}/${secret}/${output}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
