import type { JobPayload } from '@souk/jobs/job-table';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { Registry } from 'prom-client';
import { z } from 'zod';
import { createAskHook } from './community/review/ask-hook.ts';
import { createReviewMessage } from './community/review/review-message.ts';
import { toReviewSettings } from './community/review/review-settings.ts';
import { sharedCommerceConfig } from './config.ts';
import { createCrashSeam } from './crash-seam.ts';
import { createTrade } from './create-trade.ts';
import { createFoundation } from './foundation.ts';
import { createDeleteMessage } from './moderation/delete-message.ts';
import { createRecordingKeeper, type RecordingKeeper } from './recordings/keep-recordings.ts';
import { createArchiveTimelines, recoveryKeeps } from './shows/archive-job.ts';
import { createArchiveShow } from './shows/archive-show.ts';
import { createEndShowWithoutHost } from './shows/end-show-without-host.ts';
import { createShowLifecycle } from './shows/show-lifecycle.ts';

/** What the use cases read from the environment. Spread into the schema of the service that runs them. */
export const useCasesConfig = sharedCommerceConfig;

const useCasesConfigSchema = z.object(useCasesConfig);
export type UseCasesConfig = z.output<typeof useCasesConfigSchema>;

/** The use cases that jobs ask for. Each does nothing when its work is done, and rejects when it should be tried again. */
export interface CommerceUseCases extends RecordingKeeper {
  /** Ends the show as `host-gone`, unless a newer stream has started. */
  endShowWithoutHost(payload: JobPayload<'show-host-gone'>): Promise<void>;
  announceSale(payload: JobPayload<'sale-announce'>): Promise<void>;
  beginSale(payload: JobPayload<'sale-begin'>): Promise<void>;
  endSale(payload: JobPayload<'sale-end'>): Promise<void>;
  settleSale(payload: JobPayload<'sale-settle'>): Promise<void>;
  expireOrder(payload: JobPayload<'order-expire'>): Promise<void>;
  dispatchOrder(payload: JobPayload<'order-dispatch'>): Promise<void>;
  preparePayment(payload: JobPayload<'payment-prepare'>): Promise<void>;
  reconcilePayments(): Promise<void>;
  deliverSandboxWebhook(payload: JobPayload<'sandbox-webhook'>): Promise<void>;
  /** Works off what is left of an import; ends early when the signal says so. */
  runCatalogImport(payload: JobPayload<'catalog-import'>, signal?: AbortSignal): Promise<void>;
  sweepHolds(): Promise<void>;
  /** Removes what is older than the house keeps it. */
  removeOldRows(): Promise<void>;
  archiveShow(payload: JobPayload<'show-archive'>): Promise<void>;
  /** Asks the shop's review hook about a held message, and does what it says. */
  reviewMessage(payload: JobPayload<'chat-review'>): Promise<void>;
  /** Copies what is new in all timelines, and removes what Redis needs no more; ends early when the signal says so. */
  archiveTimelines(signal?: AbortSignal): Promise<void>;
  /** Hands on what was committed, and ends the connections. */
  close(): Promise<void>;
}

export interface UseCasesOptions {
  readonly config: UseCasesConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Registry;
}

/** Puts the use cases together, on connections of their own, with a relay of their own for what they commit. */
export function createCommerceUseCases({
  config,
  clock,
  logger,
  metrics,
}: UseCasesOptions): CommerceUseCases {
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = config;
  const foundation = createFoundation({
    databaseUrl,
    redisUrl,
    name: 'use-cases',
    clock,
    logger,
    metrics,
    crash: createCrashSeam(config),
  });
  const { db, timeline, outbox, relay } = foundation;
  const trade = createTrade(foundation, config);
  const hostGoneMs = config.HOST_GONE_SECONDS * 1_000;
  const lifecycle = createShowLifecycle({ db, outbox, sales: trade, clock, hostGoneMs });
  const archiveShow = createArchiveShow(foundation);
  const review = toReviewSettings(config);
  const endedMs = config.TIMELINE_KEEP_HOURS * 3_600_000;
  relay.start();
  return {
    ...trade.jobs,
    endShowWithoutHost: createEndShowWithoutHost({ db, timeline, lifecycle }),
    ...createRecordingKeeper({
      orm: db.orm,
      retention: { days: config.RECORDING_RETENTION_DAYS },
      clock,
    }),
    reviewMessage: createReviewMessage({
      ...foundation,
      ...review,
      deleteMessage: createDeleteMessage(foundation),
      ask: createAskHook({ ...review, clock, logger }),
    }),
    archiveShow: ({ showId }) => archiveShow(showId),
    archiveTimelines: createArchiveTimelines({ ...foundation, keep: { ...recoveryKeeps, endedMs } }),
    async close() {
      await trade.close();
      await relay.stop();
      await foundation.close();
    },
  };
}
