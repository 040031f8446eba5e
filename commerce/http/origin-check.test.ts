import { AppError } from '@souk/runtime/app-error';
import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { assertOrigin } from './origin-check.ts';

const check =
  (method: string, origin: string | undefined, protocol = 'http', host = 'localhost:8080') =>
  () =>
    assertOrigin(
      {
        method,
        protocol,
        host,
        headers: origin === undefined ? {} : { origin },
      } as unknown as FastifyRequest,
      'https://shop.example',
    );

describe('origin of a write', () => {
  it('may be the public origin', () => expect(check('POST', 'https://shop.example')).not.toThrow());
  it('may be the host that was spoken to', () =>
    expect(check('POST', 'http://localhost:8080')).not.toThrow());
  it('may be missing: programs send none', () => expect(check('POST', undefined)).not.toThrow());
  it('does not matter for a read', () => expect(check('GET', 'https://evil.example')).not.toThrow());
  it.each([
    'https://evil.example',
    'null',
    'http://localhost:9999',
    'https://localhost:8080',
    'https://shop.example.evil.example',
  ])('may not be %s', (origin) => expect(check('DELETE', origin)).toThrow(AppError));
});
