import { errorAnswerSchema } from '@souk/protocol/error-codes';
import type { HttpServer } from '@souk/runtime/http-server';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

/** Takes in a webhook as it came. Throws AppError INVALID_WEBHOOK_SIGNATURE, or NOT_FOUND for another gateway. */
export type ReceiveWebhook = (
  gateway: string,
  rawBody: Buffer,
  headers: Readonly<Record<string, string | string[] | undefined>>,
) => Promise<void>;

const schema = {
  operationId: 'payment:webhook',
  summary: 'Takes in what a payment service reports.',
  description: 'The body is whatever the service has signed; without its valid signature nothing happens.',
  tags: ['payment'],
  params: z.strictObject({ gateway: z.string().max(32) }),
  response: {
    200: z.strictObject({ ok: z.literal(true), data: z.strictObject({}) }),
    '4xx': errorAnswerSchema,
    '5xx': errorAnswerSchema,
  },
} as const;

/** Webhooks of payment gateways: the handler gets the raw bytes, because the signature is over exactly those. */
export async function registerWebhooks(server: HttpServer, receive: ReceiveWebhook): Promise<void> {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    const route = scope.withTypeProvider<ZodTypeProvider>();
    route.post('/api/payments/webhooks/:gateway', { schema }, async (request, reply) => {
      const { gateway } = request.params;
      const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      await receive(gateway, rawBody, request.headers);
      return reply.send({ ok: true, data: {} });
    });
  });
}
