import { z } from 'zod';

const claimsSchema = z.object({ iat: z.number(), exp: z.number() });
const FALLBACK_MS = 5 * 60_000;

/**
 * How long a token lives, in milliseconds, by its own two stamps: this page's clock may be wrong.
 * Five minutes when it cannot be read.
 */
export function lifetimeMsOf(token: string): number {
  const payload = decodePayload(token.split('.')[1] ?? '');
  const claims = claimsSchema.safeParse(payload);
  return claims.success ? Math.max(0, claims.data.exp - claims.data.iat) * 1000 : FALLBACK_MS;
}

function decodePayload(part: string): unknown {
  try {
    return JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return undefined;
  }
}
