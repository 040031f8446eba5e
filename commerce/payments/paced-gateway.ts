import { AppError } from '@souk/runtime/app-error';
import type { PaymentGateway } from './payment-gateway.ts';
import type { PaymentPacer, Priority } from './payment-pacer.ts';

/** How long a request waits for its turn before its caller tries again later. */
const patienceMs: Readonly<Record<Priority, number>> = { payment: 2_000, upkeep: 4_000 };
/** Nobody waits for a payment to be called off: when many orders end at once, the sweeper does it one by one. */
const CANCEL_PATIENCE_MS = 200;

/** A gateway whose requests keep to the pace of the house; when it is too fast all the same, all nodes pause. */
export function createPacedGateway(gateway: PaymentGateway, pacer: PaymentPacer): PaymentGateway {
  const paced = async <Result>(
    priority: Priority,
    call: () => Promise<Result>,
    patience = patienceMs[priority],
  ): Promise<Result> => {
    await pacer.pass(priority, patience);
    try {
      return await call();
    } catch (error) {
      const pauseMs = error instanceof AppError ? error.retryAfterMs : undefined;
      if (pauseMs !== undefined) await pacer.backOff(pauseMs);
      throw error;
    }
  };
  const { payees } = gateway;
  return {
    ...gateway,
    createPayment: (payment) => paced('payment', () => gateway.createPayment(payment)),
    cancelPayment: (gatewayRef) =>
      paced('upkeep', () => gateway.cancelPayment(gatewayRef), CANCEL_PATIENCE_MS),
    refund: (refund) => paced('upkeep', () => gateway.refund(refund)),
    retrieve: (gatewayRef) => paced('upkeep', () => gateway.retrieve(gatewayRef)),
    list: (request) => paced('upkeep', () => gateway.list(request)),
    payees: {
      areNeeded: payees.areNeeded,
      open: (shop) => paced('upkeep', () => payees.open(shop)),
      createLink: (payee, urls) => paced('upkeep', () => payees.createLink(payee, urls)),
      isReady: (payee) => paced('upkeep', () => payees.isReady(payee)),
    },
  };
}
