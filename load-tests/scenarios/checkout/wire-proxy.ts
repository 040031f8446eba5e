import { connect, createServer, type Socket } from 'node:net';
import { z } from 'zod';
import { answerMessages } from '../../world/helper-process.ts';
import { noRoundTrips, watchWire } from './round-trips.ts';

const messageSchema = z.object({
  /** Where to hand on; once, at first. */
  listen: z.object({ host: z.string(), port: z.int() }).optional(),
});

const counts = noRoundTrips();
let ownPort = 0;

/** Stands between the services and PostgreSQL, hands everything on, and counts round trips. */
function listen(host: string, port: number): Promise<number> {
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host, port, noDelay: true });
    const watch = watchWire((purpose, roundTrips) => {
      counts[purpose] += roundTrips;
    });
    handOn(client, upstream, (chunk) => watch.fromClient.read(chunk));
    handOn(upstream, client, (chunk) => watch.fromServer.read(chunk));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('the proxy has no port'));
    });
  });
}

function handOn(from: Socket, to: Socket, look: (chunk: Buffer) => void): void {
  from.on('data', (chunk) => {
    to.write(chunk);
    look(chunk);
  });
  from.on('end', () => to.end());
  // One side is gone: so is the other.
  from.on('error', () => to.destroy());
  from.on('close', () => to.destroy());
}

answerMessages(async (message) => {
  const { listen: upstream } = messageSchema.parse(message);
  if (upstream !== undefined) ownPort = await listen(upstream.host, upstream.port);
  return { port: ownPort, counts };
});
