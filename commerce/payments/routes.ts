import { AppError } from '@souk/runtime/app-error';
import type { HandlersOf } from '../http/route-handlers.ts';
import type { ConfirmPayment } from './sandbox/confirm-payment.ts';

/** Handler of the sandbox's payment page; `confirmPayment` is undefined where another gateway is in use. */
export function createPaymentsRoutes(deps: {
  readonly confirmPayment: ConfirmPayment | undefined;
}): HandlersOf<'sandbox:confirm'> {
  return {
    'sandbox:confirm': async ({ params, body }) => {
      if (deps.confirmPayment === undefined) throw new AppError('NOT_FOUND');
      return deps.confirmPayment({ ...params, ...body });
    },
  };
}
