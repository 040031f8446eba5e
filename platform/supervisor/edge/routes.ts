/** The services behind the one origin. */
export type UpstreamName = 'commerce' | 'signaling' | 'media';

interface Route {
  readonly prefix: string;
  readonly upstream: UpstreamName;
  readonly webSocket: boolean;
}

/** The same routes stand in deploy/Caddyfile. */
export const routes: readonly Route[] = [
  { prefix: '/api', upstream: 'commerce', webSocket: false },
  { prefix: '/socket.io', upstream: 'signaling', webSocket: true },
  { prefix: '/media', upstream: 'media', webSocket: false },
  { prefix: '/whip', upstream: 'media', webSocket: false },
  { prefix: '/whep', upstream: 'media', webSocket: false },
  { prefix: '/hls', upstream: 'media', webSocket: false },
];

/** The upstream of a request's path; undefined for the page itself. */
export function findUpstream(url: string, isWebSocket = false): UpstreamName | undefined {
  const path = pathOf(url);
  const route = routes.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`));
  if (!route || (isWebSocket && !route.webSocket)) return undefined;
  return route.upstream;
}

/** The path of a request's target, without the query. */
export function pathOf(url: string): string {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
}
