import type { ShowId } from '@souk/protocol/ids';

const NAME = 'souk_hls';

/** A cookie with the media ticket, which browsers send with each file of this show and with nothing else. */
export function createHlsCookie(options: {
  readonly showId: ShowId;
  readonly token: string;
  readonly maxAgeSeconds: number;
  readonly isSecure: boolean;
}): string {
  const { showId, token, maxAgeSeconds, isSecure } = options;
  const parts = [
    `${NAME}=${token}`,
    `Path=/hls/${showId}`,
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure ? ['Secure'] : []),
  ];
  return parts.join('; ');
}

/** The media ticket of a request's cookies, or undefined. */
export function findHlsCookie(header: string | undefined): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  const own = pairs.find((pair) => pair.startsWith(`${NAME}=`))?.slice(NAME.length + 1);
  return own !== undefined && /^[\w.~+/-]+=*$/.test(own) ? own : undefined;
}
