import { z } from 'zod';
import { paceSchema, playMessages } from '../../scenarios/chat-fanout/messages.ts';
import { answerMessages } from '../../world/helper-process.ts';
import type { FanOutServer } from './fan-out-server.ts';
import { type PeerName, peerNames } from './peer-names.ts';
import { startRawUws } from './raw-uws.ts';
import { startStockSocketIo } from './stock-socket-io.ts';
import { startUwsSocketIo } from './uws-socket-io.ts';

const starters: Readonly<Record<PeerName, () => Promise<FanOutServer>>> = {
  'socket.io on ws': startStockSocketIo,
  'socket.io on uWebSockets.js': startUwsSocketIo,
  'raw uWebSockets.js': startRawUws,
};

const orderSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), server: z.enum(peerNames) }),
  z.object({ kind: z.literal('play'), pace: paceSchema }),
]);

let server: FanOutServer | undefined;

/** One of the servers that the hub is measured against. It makes its messages itself: nothing stands behind it. */
answerMessages(async (message) => {
  const order = orderSchema.parse(message);
  if (order.kind === 'start') {
    server = await starters[order.server]();
    return { url: `http://127.0.0.1:${server.port}`, ids: [] };
  }
  const ids: string[] = [];
  await playMessages(order.pace, async (entry, sequence) => {
    const id = `${entry.at}-${sequence}`;
    ids.push(id);
    server?.publish({ id, ...entry });
  });
  return { url: '', ids };
});
