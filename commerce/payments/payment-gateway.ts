import type { PaymentHandle } from '@souk/protocol/http/buying';
import type { OrderId, PaymentId, RefundId } from '@souk/protocol/ids';
import type { Money } from '@souk/protocol/money';
import type { PaymentStatus } from '@souk/protocol/states';

export type GatewayName = PaymentHandle['gateway'];

export interface NewPayment {
  /** Ours; also the idempotency key: the same id makes the same payment. */
  readonly paymentId: PaymentId;
  readonly orderId: OrderId;
  readonly amount: Money;
}

export interface CreatedPayment {
  /** The gateway's own id. */
  readonly gatewayRef: string;
  /** With this the buyer's page confirms the payment. */
  readonly clientSecret: string;
}

export interface NewRefund {
  /** Ours; also the idempotency key. */
  readonly refundId: RefundId;
  readonly paymentId: PaymentId;
  readonly gatewayRef: string;
  readonly amount: Money;
}

export interface PaymentSnapshot {
  readonly status: PaymentStatus;
  readonly amount: Money;
  readonly refundedMinor: number;
}

interface EventBase {
  /** The gateway's id of the event: the same one may come twice. */
  readonly eventId: string;
  readonly gatewayRef: string;
  /** Ours, as the gateway gives it back. */
  readonly paymentId: PaymentId;
}

/** What a gateway reports. Events may come late, twice, and in any order. */
export type PaymentEvent =
  | (EventBase & { readonly kind: 'processing' })
  | (EventBase & { readonly kind: 'succeeded' })
  | (EventBase & { readonly kind: 'failed'; readonly declineCode: string })
  | (EventBase & { readonly kind: 'cancelled' })
  | (EventBase & { readonly kind: 'refunded'; readonly refundId: RefundId | undefined })
  /** The money did not arrive, and is back with the shop. */
  | (EventBase & { readonly kind: 'refund-failed'; readonly refundId: RefundId })
  /** Of no interest here; accepted so that the gateway does not send it again. */
  | { readonly kind: 'ignored'; readonly eventId: string };

export type WebhookHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** The port to a payment service. Every adapter passes payment-gateway.contract.ts. */
export interface PaymentGateway {
  readonly name: GatewayName;
  /** Throws AppError PAYMENT_UNAVAILABLE; then trying again with the same ids is safe. So for all that follow. */
  createPayment(payment: NewPayment): Promise<CreatedPayment>;
  /** Makes sure that it is not charged any more. A payment that is over already stays as it is. */
  cancelPayment(gatewayRef: string): Promise<void>;
  /** `failed` is final: the gateway refuses it. */
  refund(refund: NewRefund): Promise<'succeeded' | 'pending' | 'failed'>;
  retrieve(gatewayRef: string): Promise<PaymentSnapshot>;
  /** Verifies the signature on the raw bytes, then parses. Throws AppError INVALID_WEBHOOK_SIGNATURE. */
  parseWebhook(rawBody: Buffer, headers: WebhookHeaders): PaymentEvent;
  /** What the buyer's page needs to confirm a payment. */
  handleOf(paymentId: PaymentId, clientSecret: string): PaymentHandle;
}
