import { AppError } from '@souk/runtime/app-error';
import type { HandlersOf } from '../http/route-handlers.ts';
import type { Payees } from './payees/payees.ts';
import type { ListFindings } from './reconcile/findings.ts';
import type { ConfirmPayment } from './sandbox/confirm-payment.ts';

export interface PaymentsRoutesDeps {
  readonly payees: Payees;
  readonly listFindings: ListFindings;
  /** Undefined where another gateway is in use. */
  readonly confirmPayment: ConfirmPayment | undefined;
}

export type PaymentsNames = 'sandbox:confirm' | 'payouts:get' | 'payouts:connect' | 'desk:findings';

/** Handlers of the sandbox's payment page, of the shop's payment account and of what the reconciliation found. */
export function createPaymentsRoutes({
  payees,
  listFindings,
  confirmPayment,
}: PaymentsRoutesDeps): HandlersOf<PaymentsNames> {
  return {
    'sandbox:confirm': async ({ params, body }) => {
      if (confirmPayment === undefined) throw new AppError('NOT_FOUND');
      return confirmPayment({ ...params, ...body });
    },
    'payouts:get': async ({ params }) => ({ payouts: await payees.get(params.merchantId) }),
    'payouts:connect': async ({ params }) => ({ url: await payees.connect(params.merchantId) }),
    'desk:findings': async ({ params }) => ({ findings: await listFindings(params.merchantId) }),
  };
}
