import { createJobQueues, type JobQueues } from '@souk/jobs/queues';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import { closeRedis, createRedis, type Redis } from '@souk/runtime/redis';
import { tellPrompt } from '@souk/timeline/prompts';
import { createTimelineRetention } from '@souk/timeline/retention';
import {
  createShowDirectory,
  createTimelineDirectory,
  type ShowDirectory,
} from '@souk/timeline/show-directory';
import { createTimeline, type Timeline } from '@souk/timeline/timeline';
import type { Registry } from 'prom-client';
import { type CrashSeam, noCrash } from './crash-seam.ts';
import { createDatabase, type Database } from './db/database.ts';
import { type BanGuard, createBanGuard } from './moderation/ban-guard.ts';
import { createMessageStore, type MessageStore } from './moderation/message-store.ts';
import { createDeliveryEffects } from './outbox/delivery-effects.ts';
import { createOutbox, type Outbox } from './outbox/outbox.ts';
import { createRedactMessages } from './outbox/redact-messages.ts';
import { createRelay, type Relay } from './outbox/relay.ts';
import { createRelayMetrics } from './outbox/relay-metrics.ts';

/** What every room of commerce stands on: connections, the outbox and its relay. */
export interface Foundation {
  readonly db: Database;
  readonly redis: Redis;
  readonly timeline: Timeline;
  readonly directory: ShowDirectory;
  /** Of all shows that have a timeline in Redis. */
  readonly timelines: ShowDirectory;
  readonly queues: JobQueues;
  readonly outbox: Outbox;
  readonly relay: Relay;
  readonly messages: MessageStore;
  readonly banGuard: BanGuard;
  readonly crash: CrashSeam;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Registry;
  /** Ends the connections. The relay must be stopped before. */
  close(): Promise<void>;
}

export interface FoundationOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Name of the process, shown by the database and by Redis. */
  readonly name: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Registry;
  /** Of chaos tests; does nothing without it. */
  readonly crash?: CrashSeam;
}

export function createFoundation(options: FoundationOptions): Foundation {
  const { databaseUrl, redisUrl, name, clock, logger, metrics, crash = noCrash } = options;
  const db = createDatabase({ url: databaseUrl, logger, name });
  const redis = createRedis({ url: redisUrl, name, logger });
  const timelineRedis = createRedis({ url: redisUrl, name: `${name}-timeline`, logger });
  const timeline = createTimeline({ redis: timelineRedis, logger });
  const directory = createShowDirectory({ redis });
  const timelines = createTimelineDirectory({ redis });
  const retention = createTimelineRetention({ redis });
  const queues = createJobQueues({ redisUrl, logger });
  const messages = createMessageStore({ orm: db.orm, redis });
  const relay = createRelay({
    db,
    timeline,
    queues,
    effects: createDeliveryEffects({
      directory,
      timelines,
      redact: createRedactMessages({ db, redis, timeline, retention }),
      tellPrompt: (showId, entry) => tellPrompt(redis, showId, entry),
    }),
    metrics: createRelayMetrics(metrics, db),
    crash,
    clock,
    logger,
  });
  return {
    db,
    redis,
    timeline,
    directory,
    timelines,
    queues,
    outbox: createOutbox({ clock }),
    relay,
    messages,
    banGuard: createBanGuard({ orm: db.orm, clock }),
    crash,
    clock,
    logger,
    metrics,
    async close() {
      await queues.close();
      await Promise.all([timeline.close(), closeRedis(redis), db.close()]);
    },
  };
}
