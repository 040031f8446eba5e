import { pictureIdSchema } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { HttpServer } from '@souk/runtime/http-server';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { createFindPicture, type Picture } from '../catalog/picture-store.ts';
import { placeholderPicture } from '../catalog/placeholder-picture.ts';
import type { Executor } from '../db/database.ts';

const paramsSchema = z.object({ file: z.string().max(64) });
/** A picture never changes; another one has another id. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** The stand-in may look different in the next release. */
const FOR_AN_HOUR = 'public, max-age=3600';

/** Serves the products' pictures. They are documents of their own when opened: nothing in them may run or load. */
export function registerPictures(server: HttpServer, orm: Executor): void {
  const findPicture = createFindPicture(orm);
  server.get(
    '/api/pictures/:file',
    { schema: { hide: true, params: paramsSchema } },
    async (request, reply) => {
      const { file } = request.params;
      const etag = `"${file}"`;
      void reply.header('etag', etag).header('cache-control', file === 'none' ? FOR_AN_HOUR : FOR_EVER);
      if (file === 'none') return send(reply, placeholderPicture);
      const pictureId = pictureIdSchema.safeParse(file);
      // Whoever has it by this id has it as it is.
      if (pictureId.success && request.headers['if-none-match'] === etag) return reply.code(304).send();
      const picture = pictureId.success ? await findPicture(pictureId.data) : undefined;
      if (picture === undefined) {
        void reply.removeHeader('etag').header('cache-control', 'no-store');
        throw new AppError('PICTURE_NOT_FOUND');
      }
      return send(reply, picture);
    },
  );
}

function send(reply: FastifyReply, { contentType, bytes }: Picture): FastifyReply {
  return reply
    .header('content-type', contentType)
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .send(bytes);
}
