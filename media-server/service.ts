import type { JobQueues } from '@souk/jobs/queues';
import { AppError } from '@souk/runtime/app-error';
import type { HttpServer } from '@souk/runtime/http-server';
import type { Logger } from '@souk/runtime/logger';
import { closeRedis, type Redis } from '@souk/runtime/redis';
import type { Service } from '@souk/runtime/service';
import type { ShowDirectory } from '@souk/timeline/show-directory';
import type { TimelineTail } from '@souk/timeline/tail';
import type { Timeline } from '@souk/timeline/timeline';
import type { Feed } from './ingest/feed.ts';
import type { SfuBackend } from './sfu/sfu-backend.ts';
import type { BoardKeeper } from './stage/board-keeper.ts';
import { closeOrphanedStreams } from './stage/close-orphaned-streams.ts';
import type { MediaSessions } from './stage/media-sessions.ts';
import type { StreamAnnouncer } from './stage/stream-announcer.ts';

export interface MediaServiceDeps {
  readonly http: HttpServer;
  readonly host: string;
  readonly port: number;
  readonly redis: Redis;
  /** The connection that hears of what should not wait; closed with the service. */
  readonly ear: Redis;
  readonly timeline: Timeline;
  readonly tail: TimelineTail;
  readonly directory: ShowDirectory;
  readonly jobs: JobQueues;
  readonly sfu: SfuBackend;
  readonly sessions: MediaSessions;
  readonly announcer: StreamAnnouncer;
  readonly boardKeeper: BoardKeeper;
  /** Where packagers reach this server; the address that it listens on when left out. */
  readonly internalUrl: string | undefined;
  /** Shows that this server puts on air by itself. */
  readonly feeds: readonly Feed[];
  readonly logger: Logger;
}

/** The media side of the house: the SFU, its HTTP negotiation, and what it tells the shows. */
export function createMediaService(deps: MediaServiceDeps): Service {
  const { http, redis, ear, tail, jobs, sfu, sessions, announcer, boardKeeper, feeds, logger } = deps;
  const stop = async (): Promise<void> => {
    await Promise.all(feeds.map((feed) => feed.stop()));
    await http.close();
    sessions.endAll('server-stopping');
    await Promise.all([announcer.settled(), boardKeeper.stop()]);
    await sfu.stop();
    await tail.stop();
    await jobs.close();
    await Promise.all([redis, ear].map(closeRedis));
  };
  let stopping: Promise<void> | undefined;
  return {
    name: 'media-server',
    async start() {
      await sfu.start();
      await closeOrphanedStreams(deps);
      tail.start();
      const address = await http.listen({ host: deps.host, port: deps.port });
      logger.info({ event: 'listening', address });
      await boardKeeper.start(deps.internalUrl ?? address);
      for (const feed of feeds) feed.start();
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** Rejects while pages cannot be served: no SFU worker, or no Redis. */
export async function assertReady(sfu: SfuBackend, redis: Redis): Promise<void> {
  if (sfu.figures().workers === 0) throw new AppError('UNAVAILABLE', { detail: 'no SFU worker runs' });
  await redis.ping();
}
