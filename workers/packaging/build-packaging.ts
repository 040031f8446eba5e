import { createStreamBoard } from '@souk/broadcast/board';
import { createHlsDemand } from '@souk/broadcast/demand';
import { createPackagingLeases } from '@souk/broadcast/lease';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { closeRedis, createRedis } from '@souk/runtime/redis';
import type { ObjectStore } from '@souk/storage/object-store';
import type { Registry } from 'prom-client';
import { warmFfmpegUp } from './ffmpeg/ffmpeg-process.ts';
import { createPackagingMetrics } from './packaging-metrics.ts';
import { createPackaging, type Packaging } from './packaging-service.ts';
import type { RecordingKeeping } from './recording/recording-keeping.ts';
import { createTapClient } from './tap-client.ts';

export interface BuildPackagingOptions {
  readonly redisUrl: string;
  readonly serviceSecret: string;
  readonly store: ObjectStore;
  readonly keeping: RecordingKeeping;
  readonly metrics: Registry;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Puts packaging together, with a connection of its own. */
export function buildPackaging(options: BuildPackagingOptions): Packaging {
  const { redisUrl, serviceSecret: secret, store, keeping, metrics, clock, logger } = options;
  const redis = createRedis({ url: redisUrl, name: 'packaging', logger });
  const packaging = createPackaging({
    board: createStreamBoard({ redis }),
    demand: createHlsDemand({ redis }),
    leases: createPackagingLeases({ redis, token: crypto.randomUUID() }),
    taps: createTapClient({ secret, clock }),
    metrics: createPackagingMetrics(metrics),
    store,
    keeping,
    clock,
    logger,
  });
  return {
    async start() {
      // Without ffmpeg the other work of this process goes on.
      warmFfmpegUp().catch((err: unknown) => logger.error({ event: 'ffmpeg-not-found', err }));
      await packaging.start();
    },
    async stop() {
      await packaging.stop();
      await closeRedis(redis);
    },
  };
}
