import type { ShowId } from '@souk/protocol/ids';
import { createApiClient } from '../../clients/api-client.ts';
import { startWatcherBot, type WatcherBot } from '../../clients/watcher-bot.ts';
import type { World } from '../../world/world.ts';
import { inParallel } from './in-parallel.ts';

const AT_A_TIME = 5;

/** Lets that many guests watch the show by WebRTC. */
export function watchShow(world: World, showId: ShowId, count: number): Promise<WatcherBot[]> {
  const names = Array.from({ length: count }, (_, index) => `watcher-${index + 1}`);
  return inParallel(names, AT_A_TIME, async (name) => {
    const api = createApiClient(world.commerceUrl);
    await api.renew();
    const { media } = await api.call('show:get', { params: { showId } });
    if (media === null) throw new Error('the show has no media ticket');
    return startWatcherBot({ name, mediaUrl: world.mediaUrl, token: media.token });
  });
}
