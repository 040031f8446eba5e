import type { RefundId } from '@souk/protocol/ids';
import type { Logger } from '@souk/runtime/logger';
import type { Availability } from '../inventory/availability.ts';
import { poolsOf } from '../inventory/pool-sync.ts';
import type { PaymentGateway } from '../payments/payment-gateway.ts';
import type { SendRefund } from '../payments/send-refund.ts';
import type { LockedOrder } from './order-repository.ts';

/** What has to follow a committed change of an order. Each part is made up for by the sweeper when it gets lost. */
export type Consequence =
  | { readonly kind: 'units-moved'; readonly order: LockedOrder }
  | { readonly kind: 'payment-void'; readonly order: LockedOrder }
  | { readonly kind: 'refund-decided'; readonly refundId: RefundId };

/** Does what follows, after the commit. Never rejects: faults are logged. */
export type FollowUp = (consequences: readonly Consequence[]) => Promise<void>;

export interface AftermathDeps {
  readonly availability: Availability;
  readonly gateway: PaymentGateway;
  readonly sendRefund: SendRefund;
  readonly logger: Logger;
}

export function createFollowUp(deps: AftermathDeps): FollowUp {
  return async (consequences) => {
    for (const consequence of consequences) {
      await follow(deps, consequence).catch((err: unknown) =>
        deps.logger.warn({ event: 'consequence-delayed', kind: consequence.kind, err }),
      );
    }
  };
}

async function follow(
  { availability, gateway, sendRefund }: AftermathDeps,
  consequence: Consequence,
): Promise<void> {
  switch (consequence.kind) {
    case 'units-moved': {
      const { order, lines } = consequence.order;
      return availability.refresh(order.merchantId, { ...poolsOf(lines), buyerId: order.buyerId });
    }
    case 'payment-void': {
      const { gatewayRef } = consequence.order.payment;
      return gatewayRef === null ? undefined : gateway.cancelPayment(gatewayRef);
    }
    case 'refund-decided':
      await sendRefund(consequence.refundId);
  }
}
