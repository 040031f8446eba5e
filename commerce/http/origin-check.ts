import { AppError } from '@souk/runtime/app-error';
import type { FastifyRequest } from 'fastify';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a browser's write from a foreign page: its Origin must be the public origin, or the host it spoke to
 * (as the edge forwards it), so that a phone on the local network works too. Requests without an Origin come
 * from programs, which carry no foreign cookies, and pass. Throws AppError ORIGIN_NOT_ALLOWED.
 */
export function assertOrigin(request: FastifyRequest, publicOrigin: string): void {
  const { origin } = request.headers;
  if (origin === undefined || safeMethods.has(request.method)) return;
  const own = `${request.protocol}://${request.host}`;
  if (origin !== publicOrigin && origin !== own) throw new AppError('ORIGIN_NOT_ALLOWED', { detail: origin });
}
