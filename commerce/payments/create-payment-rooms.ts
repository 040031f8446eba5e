import type { JobPayload } from '@souk/jobs/job-table';
import type { JobQueues } from '@souk/jobs/queues';
import type { HandlersOf } from '../http/route-handlers.ts';
import type { FollowUp } from '../orders/aftermath.ts';
import { createHandleWebhook, type HandleWebhook, type WebhookDeps } from './handle-webhook.ts';
import { createPayees, type Payees } from './payees/payees.ts';
import type { PaymentPacer } from './payment-pacer.ts';
import {
  createPreparePayment,
  createPrepareQueuedPayment,
  listOverduePayments,
  type PreparePayment,
  type PreparePaymentDeps,
} from './prepare-payment.ts';
import { createQueueUnasked } from './queue-unasked.ts';
import { createListFindings } from './reconcile/findings.ts';
import { createReconcilePayments } from './reconcile/reconcile-payments.ts';
import { createPaymentsRoutes, type PaymentsNames } from './routes.ts';
import type { ConfirmPayment } from './sandbox/confirm-payment.ts';

export interface PaymentRoomsDeps
  extends Omit<PreparePaymentDeps, 'payees'>,
    Omit<WebhookDeps, 'followUp' | 'gateway' | 'db' | 'outbox' | 'clock'> {
  readonly queues: Pick<JobQueues, 'enqueue'>;
  readonly pacer: PaymentPacer;
  readonly publicOrigin: string;
  /** A webhook has this long before it counts as lost. */
  readonly reconcileGraceMs: number;
  readonly confirmPayment: ConfirmPayment | undefined;
  readonly followUp: FollowUp;
}

/** Everything about payments that others use. */
export interface PaymentRooms {
  readonly handlers: HandlersOf<PaymentsNames>;
  readonly receiveWebhook: HandleWebhook;
  /** For `order:place`. */
  readonly preparePayment: PreparePayment;
  readonly payees: Payees;
  readonly jobs: {
    preparePayment(payload: JobPayload<'payment-prepare'>): Promise<void>;
    reconcilePayments(): Promise<void>;
  };
  /** Sends payments on their way whose job got lost, or that were never asked for. */
  sweepQueue(): Promise<void>;
}

/** A queued payment is late when its slot was this long ago. */
const OVERDUE_MS = 5_000;
/** A job that was sent on its way again has this long. */
const AGAIN_MS = 30_000;

/** Puts the payments together. */
export function createPaymentRooms(deps: PaymentRoomsDeps): PaymentRooms {
  const { db, queues, clock } = deps;
  const payees = createPayees(deps);
  const shared = { ...deps, payees };
  const queueUnasked = createQueueUnasked(shared);
  const prepareQueued = createPrepareQueuedPayment(shared);
  return {
    handlers: createPaymentsRoutes({ ...shared, listFindings: createListFindings(db) }),
    receiveWebhook: createHandleWebhook(shared),
    preparePayment: createPreparePayment(shared),
    payees,
    jobs: {
      preparePayment: ({ orderId }) => prepareQueued(orderId),
      reconcilePayments: createReconcilePayments({ ...shared, graceMs: deps.reconcileGraceMs }),
    },
    async sweepQueue() {
      await queueUnasked();
      const now = clock.now();
      for (const orderId of await listOverduePayments(db, now - OVERDUE_MS))
        await queues.enqueue(
          'payment-prepare',
          { orderId },
          { jobId: `${orderId}:late:${Math.floor(now / AGAIN_MS)}` },
        );
    },
  };
}
