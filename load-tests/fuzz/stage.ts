import type { MerchantId, ShowId } from '@souk/protocol/ids';
import type { ApiClient } from '../clients/api-client.ts';
import { type PublisherBot, startPublisherBot } from '../clients/publisher-bot.ts';
import { startWatcherBot, type WatcherBot } from '../clients/watcher-bot.ts';
import type { Memory } from './memory.ts';
import { noteSession } from './note-session.ts';

/** Small: what counts is that something is on, not how it looks. */
const picture = {
  width: 160,
  height: 90,
  framesPerSecond: 5,
  videoBitrateBps: 50_000,
  isSimulcast: true,
};

/** A show with a picture, for the operations of the media API: somebody publishes, and somebody watches. */
export interface Stage {
  /** Ends the show that is on, which leaves a recording, and begins another one. Throws as its API calls do. */
  change(): Promise<void>;
  /** Ends the connections of the show that is on. */
  clear(): Promise<void>;
}

export interface StageDeps {
  readonly mediaUrl: string;
  readonly merchantId: MerchantId;
  readonly memory: Memory;
  /** Logged in as the fuzz's own actors of these names, who then own the sessions. */
  readonly host: ApiClient;
  readonly viewer: ApiClient;
}

interface Play {
  readonly showId: ShowId;
  readonly publisher: PublisherBot;
  readonly watcher: WatcherBot;
}

export function createStage(deps: StageDeps): Stage {
  const { host, memory } = deps;
  let play: Play | undefined;
  const clear = async (): Promise<void> => {
    const over = play;
    play = undefined;
    await Promise.all([over?.publisher.leave(), over?.watcher.leave()]);
  };
  return {
    async change() {
      const over = play?.showId;
      if (over !== undefined) {
        // Refused when the fuzz has ended it already, which serves as well.
        await host.answer('show:end', { params: { showId: over }, body: {} });
        memory.favour('recorded', over);
      }
      await clear();
      play = await beginPlay(deps);
    },
    clear,
  };
}

async function beginPlay(deps: StageDeps): Promise<Play> {
  const { host, merchantId, mediaUrl, memory } = deps;
  const body = { merchantId, title: 'Fuzz on camera', productIds: [] };
  const created = await host.call('show:create', { body });
  const showId = created.show.id;
  if (created.media === null) throw new Error('the new show has no media ticket');
  // Before it is on air, when nobody else knows of it.
  const publisher = await startPublisherBot({ mediaUrl, token: created.media.token, ...picture });
  try {
    noteSession(memory, 'host', { showId, seen: created, session: publisher.session });
    await host.call('show:go-live', { params: { showId } });
    return { showId, publisher, watcher: await watch(deps, showId) };
  } catch (error) {
    await publisher.leave();
    throw error;
  }
}

async function watch({ viewer, mediaUrl, memory }: StageDeps, showId: ShowId): Promise<WatcherBot> {
  const seen = await viewer.call('show:get', { params: { showId } });
  const token = seen.media?.token ?? '';
  const watcher = await startWatcherBot({ name: 'fuzz', mediaUrl, token });
  noteSession(memory, 'viewer', { showId, seen, session: watcher.session });
  return watcher;
}
