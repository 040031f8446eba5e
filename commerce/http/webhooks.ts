import type { HttpServer } from '@souk/runtime/http-server';
import { z } from 'zod';

/** Takes in a webhook as it came. Throws AppError INVALID_WEBHOOK_SIGNATURE, or NOT_FOUND for another gateway. */
export type ReceiveWebhook = (
  gateway: string,
  rawBody: Buffer,
  headers: Readonly<Record<string, string | string[] | undefined>>,
) => Promise<void>;

const paramsSchema = z.object({ gateway: z.string().max(32) });

/** Webhooks of payment gateways: the handler gets the raw bytes, because the signature is over exactly those. */
export async function registerWebhooks(server: HttpServer, receive: ReceiveWebhook): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post('/api/payments/webhooks/:gateway', { schema: { hide: true } }, async (request, reply) => {
      const { gateway } = paramsSchema.parse(request.params);
      const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      await receive(gateway, rawBody, request.headers);
      return reply.send({ ok: true, data: {} });
    });
  });
}
