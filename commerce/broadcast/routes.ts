import type { HandlersOf } from '../http/route-handlers.ts';
import type { StreamKeys } from './stream-keys.ts';

export interface StreamKeyRoutesDeps {
  readonly streamKeys: StreamKeys;
  /** Where browsers and encoders find Souk. */
  readonly publicOrigin: string;
}

type StreamKeyNames = 'stream-key:get' | 'stream-key:rotate' | 'stream-key:revoke';

export function createStreamKeyRoutes({
  streamKeys,
  publicOrigin,
}: StreamKeyRoutesDeps): HandlersOf<StreamKeyNames> {
  const server = new URL('/whip', publicOrigin).href;
  return {
    'stream-key:get': async ({ params }) => ({ server, key: (await streamKeys.find(params.showId)) ?? null }),
    'stream-key:rotate': async ({ params }) => ({ server, ...(await streamKeys.rotate(params.showId)) }),
    'stream-key:revoke': async ({ params }) => {
      await streamKeys.revoke(params.showId);
      return {};
    },
  };
}
