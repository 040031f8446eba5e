import type { JobPayload } from '@souk/jobs/job-table';
import type { TradeNames } from './ground.ts';
import type { HandlersOf } from './http/route-handlers.ts';
import type { ReceiveWebhook } from './http/webhooks.ts';
import type { ShowSales } from './shows/ports.ts';

/** What the jobs ask of trade; each may run twice. */
export interface TradeJobs {
  announceSale(payload: JobPayload<'sale-announce'>): Promise<void>;
  beginSale(payload: JobPayload<'sale-begin'>): Promise<void>;
  endSale(payload: JobPayload<'sale-end'>): Promise<void>;
  settleSale(payload: JobPayload<'sale-settle'>): Promise<void>;
  expireOrder(payload: JobPayload<'order-expire'>): Promise<void>;
  dispatchOrder(payload: JobPayload<'order-dispatch'>): Promise<void>;
  preparePayment(payload: JobPayload<'payment-prepare'>): Promise<void>;
  reconcilePayments(): Promise<void>;
  deliverSandboxWebhook(payload: JobPayload<'sandbox-webhook'>): Promise<void>;
  runCatalogImport(payload: JobPayload<'catalog-import'>, signal?: AbortSignal): Promise<void>;
  sweepHolds(): Promise<void>;
  removeOldRows(): Promise<void>;
}

/** What the service and the workers need of trade: catalogue, stock, sales, checkout, payments, orders and fulfilment. */
export interface TradeRooms extends ShowSales {
  readonly handlers: HandlersOf<TradeNames>;
  readonly receiveWebhook: ReceiveWebhook;
  readonly jobs: TradeJobs;
  /** Ends what trade keeps running (timers); connections are the foundation's. */
  close(): Promise<void>;
}
