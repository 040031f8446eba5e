import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@souk/runtime/app-error';
import type { FeedDeps } from '../build-feeds.ts';
import type { Feed } from '../feed.ts';
import { type DemoAssets, prepareDemoAssets } from './demo-assets.ts';
import { demoTracks, startDemoBroadcast } from './demo-broadcast.ts';
import type { DemoShow, DemoShowSource } from './demo-show.ts';

const PUBLISHER = 'demo-feed';
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
/** After that long on air, the next failure counts as the first. */
const STEADY_MS = 30_000;

export interface DemoFeedDeps extends FeedDeps {
  readonly source: DemoShowSource;
  readonly cacheDir: string;
}

/** Puts the demo show on air and keeps it there: through the death of ffmpeg, of an SFU worker, and the show's end. */
export function createDemoFeed(deps: DemoFeedDeps): Feed {
  const { logger } = deps;
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  const run = async (): Promise<void> => {
    let pauseMs = FIRST_PAUSE_MS;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      try {
        const reason = await broadcastOnce(deps, stopping.signal);
        if (!stopping.signal.aborted) logger.warn({ event: 'demo-feed-interrupted', reason });
      } catch (err) {
        if (stopping.signal.aborted) return;
        if (err instanceof AppError && err.code !== 'INTERNAL')
          logger.info({ event: 'demo-feed-waits', reason: err.message });
        else logger.error({ event: 'demo-feed-failed', err });
      }
      if (performance.now() - startedAt > STEADY_MS) pauseMs = FIRST_PAUSE_MS;
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  };
  return {
    start() {
      running = run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Resolves with the reason when the show goes off air again. */
async function broadcastOnce(deps: DemoFeedDeps, stopped: AbortSignal): Promise<string> {
  const { source, cacheDir, shows, onAir, sfu, clock, logger } = deps;
  const show = await source.getShow(stopped);
  const { status } = await shows.getState(show.showId);
  if (status === 'ended') throw new AppError('SHOW_ENDED');
  const assets = await loadAssets(source, cacheDir, show, stopped);
  const stream = onAir.begin(show.showId, PUBLISHER, { source: 'feed', clockOffsetMs: 0 });
  try {
    const link = await (await sfu.openRoom(show.showId)).ingest(stream.streamId, demoTracks);
    stream.ending.onEnd((reason) => link.end(reason));
    link.onEnd((reason) => stream.ending.end(reason));
    const broadcast = await startDemoBroadcast({ assets, link, clock, logger });
    link.onEnd(() => broadcast.stop());
    const onStop = (): void => void stream.ending.end('server-stopping');
    stopped.addEventListener('abort', onStop, { once: true });
    if (stopped.aborted) onStop();
    void broadcast.began.then(() => {
      for (const { kind } of demoTracks) stream.addTrack(kind);
      logger.info({ event: 'demo-feed-on-air', showId: show.showId, streamId: stream.streamId });
    });
    const lastWords = await broadcast.ended;
    stopped.removeEventListener('abort', onStop);
    return stream.ending.reason ?? lastWords;
  } finally {
    stream.ending.end('connection-lost');
  }
}

async function loadAssets(
  source: DemoShowSource,
  cacheDir: string,
  { products }: DemoShow,
  stopped: AbortSignal,
): Promise<DemoAssets> {
  const pictured = await Promise.all(
    products.map(async (product) => ({ product, picture: await source.getPicture(product, stopped) })),
  );
  return prepareDemoAssets(cacheDir, pictured);
}
