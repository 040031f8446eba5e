import type { AddressInfo } from 'node:net';
import { createId } from '@souk/protocol/ids';
import Fastify, { type FastifyInstance } from 'fastify';
import type { types } from 'mediasoup';
import { z } from 'zod';
import { answerMessages } from '../../world/helper-process.ts';
import { type BareRoom, type BareSession, createBareRoom } from './bare-room.ts';

const orderSchema = z.object({
  workers: z.int().min(1),
  workerBin: z.string().optional(),
  consumersPerRouter: z.int().min(1),
});

/** Speaks the media API as far as the bots do, with nothing behind it but mediasoup: the measure of the media-server. */
answerMessages(async (message) => {
  const { workerBin, ...order } = orderSchema.parse(message);
  const app = addRoutes(Fastify(), await createBareRoom({ ...order, workerBin }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}` };
});

const ok = (data: object = {}) => ({ ok: true, data });

/** The bots of this bench are the only ones who ask, so what they send is not checked again. */
function addRoutes(app: FastifyInstance, room: BareRoom): FastifyInstance {
  const sessions = new Map<string, BareSession>();
  const find = (request: { params: unknown }): BareSession => {
    const session = sessions.get((request.params as { id: string }).id);
    if (session === undefined) throw new Error('there is no such session');
    return session;
  };
  app.get('/media/capabilities', async () => ok({ routerRtpCapabilities: room.rtpCapabilities }));
  app.post('/media/sessions', async ({ body }) => {
    const wish = body as { intent: string; rtpCapabilities: types.RtpCapabilities };
    const session = await (wish.intent === 'watch' ? room.watch(wish.rtpCapabilities) : room.publish());
    const sessionId = createId('mediaSession');
    sessions.set(sessionId, session);
    return ok({ sessionId, streamId: createId('stream'), ...toOffer(session) });
  });
  app.post('/media/sessions/:id/connect', async (request) => {
    const { transport, consumers } = find(request);
    await transport.connect(request.body as { dtlsParameters: types.DtlsParameters });
    await Promise.all(consumers.map((consumer) => consumer.resume()));
    return ok();
  });
  app.post('/media/sessions/:id/produce', async (request) => {
    const producer = await room.produce(find(request), request.body as types.ProducerOptions);
    return ok({ producerId: producer.id });
  });
  app.get('/media/sessions/:id/stats', async () => {
    await room.readStats();
    return ok();
  });
  app.delete('/media/sessions/:id', async (request) => {
    find(request).transport.close();
    sessions.delete((request.params as { id: string }).id);
    return ok();
  });
  return app;
}

function toOffer({ transport, consumers }: BareSession): object {
  const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
  return {
    transport: { id, iceParameters, iceCandidates, dtlsParameters },
    consumers: consumers.map(({ id, producerId, kind, rtpParameters }) => ({
      id,
      producerId,
      kind,
      rtpParameters,
    })),
  };
}
