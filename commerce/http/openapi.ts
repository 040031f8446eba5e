import swagger from '@fastify/swagger';
import type { HttpServer } from '@souk/runtime/http-server';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { describeMedia } from './describe-media.ts';

/** Describes every route that is added afterwards, and the media API, from the schemas that check the input (OpenAPI 3.1). */
export async function registerOpenapi(server: HttpServer): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Souk', description: 'Commands and reads of a Souk server.', version: '1.0.0' },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    },
    transform: jsonSchemaTransform,
  });
  // Written once: it is large, and anybody may ask.
  let written: string | undefined;
  server.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    written ??= writeDescription(server);
    return reply.type('application/json; charset=utf-8').send(written);
  });
}

function writeDescription(server: HttpServer): string {
  const { paths, ...description } = server.swagger();
  return JSON.stringify({ ...description, paths: { ...paths, ...describeMedia() } });
}
