import type { PaymentHandle } from '@souk/protocol/http/buying';
import type { MerchantId, OrderId, PaymentId, RefundId } from '@souk/protocol/ids';
import type { Money } from '@souk/protocol/money';
import type { DisputeStatus, PaymentStatus } from '@souk/protocol/states';

export type GatewayName = PaymentHandle['gateway'];

export interface NewPayment {
  /** Ours; also the idempotency key: the same id makes the same payment. */
  readonly paymentId: PaymentId;
  readonly orderId: OrderId;
  readonly amount: Money;
  /** The connected account that the money is for; null: the house's own. */
  readonly payee: string | null;
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
  /** As it was made for: what is paid back is taken from there. */
  readonly payee: string | null;
}

export interface PaymentSnapshot {
  readonly status: PaymentStatus;
  readonly amount: Money;
  readonly refundedMinor: number;
}

/** A payment in the gateway's own list. */
export interface ListedPayment extends PaymentSnapshot {
  readonly gatewayRef: string;
  /** Ours; undefined for payments that another system made with the same account. */
  readonly paymentId: PaymentId | undefined;
  readonly createdAt: number;
  /** When it was charged; undefined when it was not, or when the gateway does not say. */
  readonly chargedAt: number | undefined;
}

export interface ListRequest {
  /** Unix milliseconds. */
  readonly createdAfter: number;
  /** Of the page before; undefined: the first page. */
  readonly cursor: string | undefined;
}

/** One page, newest first. */
export interface PaymentPage {
  readonly payments: readonly ListedPayment[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** What the gateway says of a payment that the buyer's bank has taken back. */
export interface DisputeFacts {
  /** The gateway's own id. */
  readonly disputeId: string;
  readonly status: DisputeStatus;
  /** In the gateway's words. */
  readonly reason: string;
  readonly amountMinor: number;
  /** Until when the shop must answer; null when there is nothing to answer. */
  readonly respondBefore: number | null;
  /** When the gateway made the event: an older one must not undo a newer one. */
  readonly toldAt: number;
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
  /** A card was declined. The payment stays open: the buyer may try another one. */
  | (EventBase & { readonly kind: 'failed'; readonly declineCode: string })
  | (EventBase & { readonly kind: 'cancelled' })
  | (EventBase & { readonly kind: 'refunded'; readonly refundId: RefundId | undefined })
  /** The money did not arrive, and is back with the shop. */
  | (EventBase & { readonly kind: 'refund-failed'; readonly refundId: RefundId })
  | {
      readonly kind: 'disputed';
      readonly eventId: string;
      readonly gatewayRef: string;
      readonly dispute: DisputeFacts;
    }
  /** Only that something has changed: events come in any order, so the gateway is asked how it is now. */
  | { readonly kind: 'payee-changed'; readonly eventId: string; readonly payee: string }
  /** Of no interest here; accepted so that the gateway does not send it again. */
  | { readonly kind: 'ignored'; readonly eventId: string };

export type WebhookHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Accounts of shops at the payment service, for a house with several merchants. */
export interface PayeeDesk {
  /** True: with several merchants each needs an account of its own. */
  readonly areNeeded: boolean;
  /** Opens an account for a shop and gives back its id; the same shop gets the same account. */
  open(shop: { readonly merchantId: MerchantId; readonly name: string }): Promise<string>;
  /** Where the merchant tells the payment service who they are. Used once, and soon. */
  createLink(
    payee: string,
    urls: { readonly returnUrl: string; readonly refreshUrl: string },
  ): Promise<string>;
  /** True when the account can take payments. Throws AppError NOT_FOUND. */
  isReady(payee: string): Promise<boolean>;
}

/**
 * The port to a payment service. Every adapter passes payment-gateway.contract.ts. Every call throws AppError
 * PAYMENT_UNAVAILABLE when the service does not answer, with `retryAfterMs` when it was asked too fast; trying again
 * with the same ids is safe then.
 */
export interface PaymentGateway {
  readonly name: GatewayName;
  readonly payees: PayeeDesk;
  createPayment(payment: NewPayment): Promise<CreatedPayment>;
  /** Makes sure that it is not charged any more. A payment that is over already stays as it is. */
  cancelPayment(gatewayRef: string): Promise<void>;
  /** `failed` is final: the gateway refuses it. */
  refund(refund: NewRefund): Promise<'succeeded' | 'pending' | 'failed'>;
  /** Throws AppError NOT_FOUND. */
  retrieve(gatewayRef: string): Promise<PaymentSnapshot>;
  /** The payments of the account, page by page. */
  list(request: ListRequest): Promise<PaymentPage>;
  /** Verifies the signature on the raw bytes, then parses. Throws AppError INVALID_WEBHOOK_SIGNATURE. */
  parseWebhook(rawBody: Buffer, headers: WebhookHeaders): PaymentEvent;
  /** What the buyer's page needs to confirm a payment. */
  handleOf(paymentId: PaymentId, clientSecret: string): PaymentHandle;
}
