import Fastify from 'fastify';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { answerMessages } from '../../world/helper-process.ts';
import { holdArguments, takeHoldLua } from './hold-script.ts';

const orderSchema = z.object({ redisUrl: z.string(), prefix: z.string() });
const answerSchema = z.object({ code: z.string() });

type TakeHold = (keyCount: number, ...args: readonly string[]) => Promise<string>;

/**
 * The ceiling: a Fastify route that does nothing but run the script for whoever asks. It knows no tokens, no schemas
 * and no database.
 */
async function listen({ redisUrl, prefix }: z.infer<typeof orderSchema>): Promise<{ port: number }> {
  const redis = new Redis(redisUrl);
  redis.defineCommand('takeHold', { lua: takeHoldLua });
  const { takeHold } = redis as unknown as { takeHold: TakeHold };
  const server = Fastify();
  server.post('/holds', async (_request, reply) => {
    const args = holdArguments(prefix, `hld_${crypto.randomUUID()}`, `gst_${crypto.randomUUID()}`);
    const answer: unknown = JSON.parse(await takeHold.call(redis, 1, ...args));
    const { code } = answerSchema.parse(answer);
    if (code === 'OK') return { ok: true, data: answer };
    return reply.status(409).send({ ok: false, error: { code } });
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const [address] = server.addresses();
  if (typeof address !== 'object') throw new Error('the bare route has no port');
  return { port: address.port };
}

answerMessages((message) => listen(orderSchema.parse(message)));
