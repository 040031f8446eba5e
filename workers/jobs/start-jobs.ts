import type { JobName } from '@souk/jobs/job-table';
import type { JobQueues } from '@souk/jobs/queues';
import type { JobHandler } from '@souk/jobs/run-job';
import { createCatalogImportJob } from './catalog-import.ts';
import { createChatReviewJob } from './chat-review.ts';
import { createHoldsSweepJob } from './holds-sweep.ts';
import type { JobUseCases } from './job-use-cases.ts';
import { createOldRowsRemoveJob } from './old-rows-remove.ts';
import { createOrderDispatchJob } from './order-dispatch.ts';
import { createOrderExpireJob } from './order-expire.ts';
import { createPaymentPrepareJob } from './payment-prepare.ts';
import { createPaymentsReconcileJob } from './payments-reconcile.ts';
import { createRecordingsSweepJob } from './recordings-sweep.ts';
import { createSaleAnnounceJob } from './sale-announce.ts';
import { createSaleBeginJob } from './sale-begin.ts';
import { createSaleEndJob } from './sale-end.ts';
import { createSaleSettleJob } from './sale-settle.ts';
import { createSandboxWebhookJob } from './sandbox-webhook.ts';
import { createShowArchiveJob } from './show-archive.ts';
import { createShowHostGoneJob } from './show-host-gone.ts';
import { createTimelinesArchiveJob } from './timelines-archive.ts';

type Handlers = { readonly [Name in JobName]: JobHandler<Name> };

/** How many jobs of a name one worker does at a time: many where it waits for others, one where it is heavy. */
const concurrency: Readonly<Record<JobName, number>> = {
  'show-host-gone': 2,
  'sale-announce': 4,
  'sale-begin': 4,
  'sale-end': 4,
  'sale-settle': 2,
  'order-expire': 4,
  'order-dispatch': 8,
  'payment-prepare': 32,
  'payments-reconcile': 1,
  'sandbox-webhook': 16,
  'holds-sweep': 1,
  'old-rows-remove': 1,
  'recordings-sweep': 1,
  'catalog-import': 1,
  'chat-review': 32,
  'timelines-archive': 1,
  'show-archive': 1,
};

export interface StartJobsOptions {
  /** How often the payment service's books are compared; as the table says when left out. */
  readonly reconcileMs?: number;
}

/** Starts to work on every job of the table, and sets the repeating ones going. */
export async function startJobs(
  queues: JobQueues,
  useCases: JobUseCases,
  { reconcileMs }: StartJobsOptions = {},
): Promise<void> {
  const handlers: Handlers = {
    'show-host-gone': createShowHostGoneJob(useCases),
    'sale-announce': createSaleAnnounceJob(useCases),
    'sale-begin': createSaleBeginJob(useCases),
    'sale-end': createSaleEndJob(useCases),
    'sale-settle': createSaleSettleJob(useCases),
    'order-expire': createOrderExpireJob(useCases),
    'order-dispatch': createOrderDispatchJob(useCases),
    'payment-prepare': createPaymentPrepareJob(useCases),
    'payments-reconcile': createPaymentsReconcileJob(useCases),
    'sandbox-webhook': createSandboxWebhookJob(useCases),
    'holds-sweep': createHoldsSweepJob(useCases),
    'old-rows-remove': createOldRowsRemoveJob(useCases),
    'recordings-sweep': createRecordingsSweepJob(useCases),
    'catalog-import': createCatalogImportJob(useCases),
    'timelines-archive': createTimelinesArchiveJob(useCases),
    'show-archive': createShowArchiveJob(useCases),
    'chat-review': createChatReviewJob(useCases),
  };
  for (const name of Object.keys(handlers) as JobName[]) startJob(queues, name, handlers);
  await queues.repeat('holds-sweep', {});
  await queues.repeat('timelines-archive', {});
  await queues.repeat('recordings-sweep', {});
  await queues.repeat('old-rows-remove', {});
  await queues.repeat('payments-reconcile', {}, reconcileMs === undefined ? {} : { everyMs: reconcileMs });
}

function startJob<Name extends JobName>(queues: JobQueues, name: Name, handlers: Handlers): void {
  queues.process(name, handlers[name], { concurrency: concurrency[name] });
}
