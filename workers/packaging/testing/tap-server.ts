import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Tap, tapOpen } from '@souk/protocol/http/internal';
import { type StreamId, streamIdSchema } from '@souk/protocol/ids';
import type { SfuRoom, TapLink } from '../../../media-server/sfu/sfu-backend.ts';

/** Serves taps of these rooms as media-server does, without asking who is there. */
export async function serveTaps(
  rooms: ReadonlyMap<StreamId, SfuRoom>,
): Promise<{ url: string; close(): void }> {
  const links = new Map<string, TapLink>();
  const open = async (streamId: StreamId, request: IncomingMessage): Promise<Tap | undefined> => {
    const { ip, port, ...options } = tapOpen.body.parse(JSON.parse(await readBody(request)));
    const room = rooms.get(streamId);
    if (room === undefined) return undefined;
    const { kind, spatialLayer } = options;
    const layer = spatialLayer === undefined ? {} : { spatialLayer };
    const link = await room.tap(streamId, { kind, to: { ip, port }, ...layer });
    const id = crypto.randomUUID();
    links.set(id, link);
    return { id, ...link.track };
  };
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const [, , what, name = ''] = (request.url ?? '').split('/');
      if (what === 'streams') {
        const data = await open(streamIdSchema.parse(name), request);
        response.writeHead(data === undefined ? 409 : 200).end(JSON.stringify({ ok: true, data }));
        return;
      }
      const link = links.get(name);
      if (request.method === 'DELETE') link?.end('left');
      response.writeHead(link?.endReason === null ? 200 : 404).end('{}');
    };
    answer().catch(() => response.writeHead(500).end('{}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}
