import { productIdSchema } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { HttpServer } from '@souk/runtime/http-server';
import { z } from 'zod';
import { findPicture } from '../catalog/product-repository.ts';
import type { Executor } from '../db/database.ts';

const paramsSchema = z.object({ file: z.string().max(64) });

/** Serves the products' pictures. They are documents of their own when opened: nothing in them may run or load. */
export function registerPictures(server: HttpServer, orm: Executor): void {
  server.get(
    '/api/pictures/:file',
    { schema: { hide: true, params: paramsSchema } },
    async (request, reply) => {
      const productId = productIdSchema.safeParse(request.params.file.replace(/\.svg$/, ''));
      const svg = productId.success ? await findPicture(orm, productId.data) : undefined;
      if (svg === undefined) throw new AppError('NOT_FOUND');
      return reply
        .header('content-type', 'image/svg+xml')
        .header('cache-control', 'public, max-age=3600')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        .header('x-content-type-options', 'nosniff')
        .send(svg);
    },
  );
}
