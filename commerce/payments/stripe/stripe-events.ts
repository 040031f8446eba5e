import { paymentIdSchema, refundIdSchema } from '@souk/protocol/ids';
import type { DisputeStatus } from '@souk/protocol/states';
import type Stripe from 'stripe';
import type { PaymentEvent } from '../payment-gateway.ts';

/** An event of Stripe in the words of the port. Source: https://docs.stripe.com/api/events/types */
export function toPaymentEvent(event: Stripe.Event): PaymentEvent {
  switch (event.type) {
    case 'payment_intent.processing':
      return ofIntent(event, event.data.object, (base) => ({ ...base, kind: 'processing' }));
    case 'payment_intent.succeeded':
      return ofIntent(event, event.data.object, (base) => ({ ...base, kind: 'succeeded' }));
    case 'payment_intent.canceled':
      return ofIntent(event, event.data.object, (base) => ({ ...base, kind: 'cancelled' }));
    case 'payment_intent.payment_failed': {
      const fault = event.data.object.last_payment_error;
      const declineCode = fault?.decline_code ?? fault?.code ?? 'unknown';
      return ofIntent(event, event.data.object, (base) => ({
        ...base,
        kind: 'failed',
        declineCode,
      }));
    }
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return ofRefund(event, event.data.object);
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.closed':
      return ofDispute(event, event.data.object);
    case 'account.updated':
      return { kind: 'payee-changed', eventId: event.id, payee: event.data.object.id };
    default:
      return { kind: 'ignored', eventId: event.id };
  }
}

/** What a refund has come to. */
export function refundOutcome(status: string | null): 'succeeded' | 'pending' | 'failed' {
  if (status === 'succeeded') return 'succeeded';
  return status === 'failed' || status === 'canceled' ? 'failed' : 'pending';
}

type EventBase = Pick<Extract<PaymentEvent, { kind: 'succeeded' }>, 'eventId' | 'gatewayRef' | 'paymentId'>;

/** Payments of this account that another system made are of no interest here. */
function ofIntent(
  { id: eventId }: Stripe.Event,
  { id: gatewayRef, metadata }: Stripe.PaymentIntent,
  make: (base: EventBase) => PaymentEvent,
): PaymentEvent {
  const paymentId = paymentIdSchema.safeParse(metadata['paymentId']);
  return paymentId.success
    ? make({ eventId, gatewayRef, paymentId: paymentId.data })
    : { kind: 'ignored', eventId };
}

function ofRefund({ id: eventId }: Stripe.Event, refund: Stripe.Refund): PaymentEvent {
  const refundId = refundIdSchema.safeParse(refund.metadata?.['refundId']);
  const paymentId = paymentIdSchema.safeParse(refund.metadata?.['paymentId']);
  const gatewayRef = idOf(refund.payment_intent);
  const outcome = refundOutcome(refund.status);
  if (outcome === 'pending' || !refundId.success || !paymentId.success || gatewayRef === undefined)
    return { kind: 'ignored', eventId };
  const kind = outcome === 'succeeded' ? 'refunded' : 'refund-failed';
  return { kind, eventId, gatewayRef, paymentId: paymentId.data, refundId: refundId.data };
}

function ofDispute(event: Stripe.Event, dispute: Stripe.Dispute): PaymentEvent {
  const gatewayRef = idOf(dispute.payment_intent);
  if (gatewayRef === undefined) return { kind: 'ignored', eventId: event.id };
  const status = disputeStatusOf(dispute.status);
  const dueBy = dispute.evidence_details.due_by;
  return {
    ...{ kind: 'disputed', eventId: event.id, gatewayRef },
    dispute: {
      ...{ disputeId: dispute.id, status, reason: dispute.reason, amountMinor: dispute.amount },
      respondBefore: status === 'open' && dueBy !== null ? dueBy * 1_000 : null,
      toldAt: event.created * 1_000,
    },
  };
}

function idOf(reference: string | { readonly id: string } | null | undefined): string | undefined {
  return typeof reference === 'string' ? reference : reference?.id;
}

/** An inquiry that ended without a dispute, and a dispute that was prevented, leave the money with the shop. */
function disputeStatusOf(status: Stripe.Dispute.Status): DisputeStatus {
  switch (status) {
    case 'won':
    case 'warning_closed':
    case 'prevented':
      return 'won';
    case 'lost':
      return 'lost';
    default:
      return 'open';
  }
}
