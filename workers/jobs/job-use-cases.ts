import type { JobPayload } from '@souk/jobs/job-table';

/**
 * What the jobs ask of commerce: one use case per job, with the job's payload.
 * Each does nothing when its work is done already, and rejects when it should be tried again.
 */
export interface JobUseCases {
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
  runCatalogImport(payload: JobPayload<'catalog-import'>, signal: AbortSignal): Promise<void>;
  sweepHolds(): Promise<void>;
  removeOldRows(): Promise<void>;
  /** Removes the files of recordings that are not kept any more. */
  sweepRecordings(): Promise<void>;
  archiveTimelines(signal: AbortSignal): Promise<void>;
  /** Asks the shop's review hook about a held message, and does what it says. */
  reviewMessage(payload: JobPayload<'chat-review'>): Promise<void>;
  archiveShow(payload: JobPayload<'show-archive'>): Promise<void>;
  /** Ends the connections. */
  close(): Promise<void>;
}
