import { type ShowId, showIdSchema } from '@souk/protocol/ids';
import { createApiClient } from '../clients/api-client.ts';
import { startWatcherCrowd, type WatcherCrowd } from '../clients/watcher-crowd.ts';
import type { ShowOnAir } from './show-on-air.ts';

/** Starts processes for bots that watch the show besides the pages; nobody has joined yet. */
export async function crowdInShow(show: ShowOnAir, size: number): Promise<WatcherCrowd> {
  const { origin } = show.house;
  const showId: ShowId = showIdSchema.parse(show.showId);
  const api = createApiClient(origin);
  await api.renew();
  const { media } = await api.call('show:get', { params: { showId } });
  if (media === null) throw new Error('the show has no media ticket');
  return startWatcherCrowd({ size, mediaUrl: origin, token: media.token });
}
