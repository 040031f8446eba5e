import type { RequestHeaders } from './hub-transport.ts';

/**
 * Makes the check of the `Origin` header (RFC 6455, 10.2): browsers may connect from the public origin, or from the
 * host that they themselves have asked. Programs send no origin; their token decides alone.
 */
export function createOriginCheck(publicOrigin: string): (headers: RequestHeaders) => boolean {
  const publicHost = new URL(publicOrigin).host;
  return (headers) => {
    const origin = headers['origin'];
    if (origin === undefined) return true;
    const host = hostOf(String(origin));
    if (host === undefined) return false;
    // A page cannot set these headers itself, so they tell what its browser has really asked for.
    const asked = headers['x-forwarded-host'] ?? headers['host'];
    return host === publicHost || host === String(asked).split(',')[0]?.trim();
  };
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
