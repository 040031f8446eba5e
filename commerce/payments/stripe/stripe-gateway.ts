import { paymentIdSchema, type RefundId, refundIdSchema } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import type { PaymentStatus } from '@souk/protocol/states';
import { AppError } from '@souk/runtime/app-error';
import Stripe from 'stripe';
import type { PaymentEvent, PaymentGateway } from '../payment-gateway.ts';

export interface StripeConfig {
  readonly secretKey: string;
  readonly publishableKey: string;
  readonly webhookSecret: string;
  /** Another address of the API, for tests. */
  readonly apiUrl?: string | undefined;
}

const REQUEST_TIMEOUT_MS = 10_000;
const SIGNATURE_HEADER = 'stripe-signature';

/** Stripe's PaymentIntents. Source: https://docs.stripe.com/payments/payment-intents */
export function createStripeGateway(config: StripeConfig): PaymentGateway {
  const stripe = new Stripe(config.secretKey, {
    ...addressOf(config.apiUrl),
    timeout: REQUEST_TIMEOUT_MS,
    maxNetworkRetries: 2,
  });
  return {
    name: 'stripe',
    createPayment: ({ paymentId, orderId, amount }) =>
      speaking(async () => {
        const intent = await stripe.paymentIntents.create(
          {
            amount: amount.amountMinor,
            currency: amount.currency.toLowerCase(),
            automatic_payment_methods: { enabled: true },
            metadata: { paymentId, orderId },
          },
          { idempotencyKey: paymentId },
        );
        if (intent.client_secret === null) throw new Error('Stripe gave no client secret');
        return { gatewayRef: intent.id, clientSecret: intent.client_secret };
      }),
    cancelPayment: (gatewayRef) =>
      speaking(async () => {
        await stripe.paymentIntents.cancel(gatewayRef).catch(ignoreOver);
      }),
    refund: ({ refundId, paymentId, gatewayRef, amount }) =>
      speaking(async () => {
        const refund =
          (await findRefund(stripe, gatewayRef, refundId)) ??
          (await stripe.refunds.create(
            { payment_intent: gatewayRef, amount: amount.amountMinor, metadata: { refundId, paymentId } },
            { idempotencyKey: refundId },
          ));
        return refundOutcome(refund.status);
      }).catch(refusedAsFailed),
    retrieve: (gatewayRef) =>
      speaking(async () => {
        const intent = await stripe.paymentIntents.retrieve(gatewayRef, { expand: ['latest_charge'] });
        const charge = typeof intent.latest_charge === 'string' ? null : intent.latest_charge;
        const refundedMinor = charge?.amount_refunded ?? 0;
        const currency = currencySchema.parse(intent.currency.toUpperCase());
        const status = refundedMinor > 0 && refundedMinor === intent.amount ? 'refunded' : statusOf(intent);
        return { status, amount: { amountMinor: intent.amount, currency }, refundedMinor };
      }),
    parseWebhook: (rawBody, headers) =>
      toEvent(verify(stripe, rawBody, headers[SIGNATURE_HEADER], config.webhookSecret)),
    handleOf: (paymentId, clientSecret) => ({
      gateway: 'stripe',
      paymentId,
      clientSecret,
      publishableKey: config.publishableKey,
    }),
  };
}

function addressOf(apiUrl: string | undefined): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  if (apiUrl === undefined) return {};
  const { protocol, hostname, port } = new URL(apiUrl);
  const isPlain = protocol === 'http:';
  return {
    protocol: isPlain ? 'http' : 'https',
    host: hostname,
    port: port === '' ? (isPlain ? 80 : 443) : Number(port),
  };
}

/** Connection faults, rate limits and Stripe's own faults can be tried again; the rest is a fault of ours. */
async function speaking<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (cause) {
    const isPassing =
      cause instanceof Stripe.errors.StripeConnectionError ||
      cause instanceof Stripe.errors.StripeRateLimitError ||
      isUnderWay(cause) ||
      cause instanceof Stripe.errors.StripeAPIError;
    throw isPassing ? new AppError('PAYMENT_UNAVAILABLE', { cause }) : cause;
  }
}

/** Another request with the same key has not been answered yet. */
function isUnderWay(cause: unknown): boolean {
  return cause instanceof Stripe.errors.StripeError && cause.code === 'idempotency_key_in_use';
}

/** A payment that has succeeded or was cancelled before cannot be cancelled; that is as it should be. */
function ignoreOver(error: unknown): void {
  const isOver =
    error instanceof Stripe.errors.StripeError && error.code === 'payment_intent_unexpected_state';
  if (!isOver) throw error;
}

/**
 * The refund that was made for this id before. Stripe forgets idempotency keys after a day, and a refund may take longer.
 * Source: https://docs.stripe.com/api/idempotent_requests
 */
async function findRefund(
  stripe: Stripe,
  gatewayRef: string,
  refundId: RefundId,
): Promise<Stripe.Refund | undefined> {
  const { data } = await stripe.refunds.list({ payment_intent: gatewayRef, limit: 100 });
  return data.find(({ metadata }) => metadata?.['refundId'] === refundId);
}

function refusedAsFailed(error: unknown): 'failed' {
  if (error instanceof Stripe.errors.StripeInvalidRequestError) return 'failed';
  throw error;
}

function refundOutcome(status: string | null): 'succeeded' | 'pending' | 'failed' {
  if (status === 'succeeded') return 'succeeded';
  return status === 'failed' || status === 'canceled' ? 'failed' : 'pending';
}

function statusOf({ status, last_payment_error: fault }: Stripe.PaymentIntent): PaymentStatus {
  switch (status) {
    case 'succeeded':
      return 'succeeded';
    case 'processing':
    case 'requires_capture':
      return 'processing';
    case 'canceled':
      return 'cancelled';
    default:
      return fault === null ? 'requires_confirmation' : 'failed';
  }
}

function verify(
  stripe: Stripe,
  rawBody: Buffer,
  header: string | string[] | undefined,
  secret: string,
): Stripe.Event {
  try {
    return stripe.webhooks.constructEvent(rawBody, header ?? '', secret);
  } catch (cause) {
    throw new AppError('INVALID_WEBHOOK_SIGNATURE', { cause });
  }
}

function toEvent(event: Stripe.Event): PaymentEvent {
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
      return ofIntent(event, event.data.object, (base) => ({ ...base, kind: 'failed', declineCode }));
    }
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return ofRefund(event, event.data.object);
    default:
      return { kind: 'ignored', eventId: event.id };
  }
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
  const intent = refund.payment_intent;
  const gatewayRef = typeof intent === 'string' ? intent : intent?.id;
  const outcome = refundOutcome(refund.status);
  if (outcome === 'pending' || !refundId.success || !paymentId.success || gatewayRef === undefined)
    return { kind: 'ignored', eventId };
  const kind = outcome === 'succeeded' ? 'refunded' : 'refund-failed';
  return { kind, eventId, gatewayRef, paymentId: paymentId.data, refundId: refundId.data };
}
