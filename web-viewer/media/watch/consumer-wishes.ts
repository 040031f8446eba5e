import type { JoinMediaResponse } from '@souk/protocol/http/media';
import type { MediaApi } from '../media-api.ts';
import { EVERY_LAYER, maxLayerOf, type WatchWish, wantsPicture } from './watch-wish.ts';

type Switches = Pick<MediaApi, 'switchConsumer' | 'limitLayers'>;

/**
 * Tells the server what of a session is wanted, in order and only what has changed; wishes that a newer one has
 * overtaken are left out. The server begins with everything.
 */
export function createConsumerWishes(
  api: Switches,
  sessionId: string,
  consumers: JoinMediaResponse['consumers'],
): { want(wish: WatchWish): void } {
  const video = consumers.find(({ kind }) => kind === 'video');
  let told = { picture: true, layer: EVERY_LAYER };
  let wanted = told;
  let isTelling = false;

  const tell = async (videoId: string): Promise<void> => {
    while (told.picture !== wanted.picture || told.layer !== wanted.layer) {
      const next = wanted;
      if (next.layer !== told.layer) await api.limitLayers(sessionId, videoId, next.layer);
      if (next.picture !== told.picture) {
        await api.switchConsumer(sessionId, videoId, next.picture ? 'resume' : 'pause');
      }
      told = next;
    }
  };
  return {
    want(wish) {
      wanted = { picture: wantsPicture(wish), layer: maxLayerOf(wish) };
      if (video === undefined || isTelling) return;
      isTelling = true;
      // Refused: the session is ending, and the next one begins with the newest wish.
      tell(video.id)
        .catch(() => undefined)
        .finally(() => {
          isTelling = false;
        });
    },
  };
}
