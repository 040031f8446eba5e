import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { Redis } from '@souk/runtime/redis';
import type { RestoreTimelines } from './restore-timelines.ts';

export interface TimelineKeeper {
  /** Restores what is lost already; throws when that fails. */
  start(): Promise<void>;
  /** Waits for what is under way. */
  stop(): Promise<void>;
}

export interface TimelineKeeperDeps {
  readonly redis: Redis;
  readonly restore: RestoreTimelines;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly intervalMs?: number;
}

/** Stands in Redis as long as Redis has not lost everything. */
const KEPT_KEY = 'souk:timelines-kept';
const INTERVAL_MS = 1_000;
/** An entry that has waited for longer may wait for its timeline. */
const WAITING_MS = 1_000;

/** Restores the timelines when the service starts, and whenever Redis turns out to have lost its data since. */
export function createTimelineKeeper({
  redis,
  restore,
  clock,
  logger,
  intervalMs = INTERVAL_MS,
}: TimelineKeeperDeps): TimelineKeeper {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  const restoreAll = async (): Promise<void> => {
    await restore.all();
    await redis.set(KEPT_KEY, '1');
  };
  const look = async (): Promise<void> => {
    if ((await redis.exists(KEPT_KEY)) === 0) {
      logger.warn({ event: 'timelines-lost' });
      await restoreAll();
      logger.info({ event: 'timelines-restored' });
    }
    await restore.waiting(clock.now() - WAITING_MS);
  };
  return {
    async start() {
      await restoreAll();
      timer = setInterval(() => {
        running ??= look()
          .catch((err: unknown) => logger.warn({ event: 'timelines-not-looked-at', err }))
          .finally(() => {
            running = undefined;
          });
      }, intervalMs);
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
