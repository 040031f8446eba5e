import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { streamKeyCheck } from '@souk/protocol/http/internal';
import { createId, type ShowId } from '@souk/protocol/ids';
import { systemClock } from '@souk/runtime/clock';
import { findBearerToken, verifyServiceToken } from '@souk/runtime/tokens';

/** Answers what media-server asks of commerce about stream keys, with keys of its own making. */
export async function openStreamKeyDesk(serviceSecret: string) {
  const keys = new Map<string, { keyId: ReturnType<typeof newKeyId>; showId: ShowId; hostId: string }>();
  let faults = 0;
  const answer = async (request: IncomingMessage): Promise<[status: number, body: object]> => {
    const token = findBearerToken(request.headers.authorization) ?? '';
    await verifyServiceToken({ secret: serviceSecret, token, clock: systemClock });
    if (faults > 0) {
      faults -= 1;
      return [500, { ok: false }];
    }
    const { secret } = streamKeyCheck.body.parse(JSON.parse(await textOf(request)));
    const key = keys.get(secret);
    if (request.url !== streamKeyCheck.path || key === undefined) return [401, { ok: false }];
    return [200, { ok: true, data: key }];
  };
  const server = createServer((request, response) => {
    const send = ([status, body]: [number, object]) => response.writeHead(status).end(JSON.stringify(body));
    answer(request).then(send, () => send([500, {}]));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** A new stream key of a show. */
    issue(showId: ShowId) {
      const key = { keyId: newKeyId(), showId, hostId: createId('user') };
      const secret = `sk_${crypto.randomUUID()}`;
      keys.set(secret, key);
      return { secret, keyId: key.keyId };
    },
    /** Fails at the next so many questions. */
    fail(times: number) {
      faults = times;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const newKeyId = () => createId('streamKey');

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}
