import { paymentIdSchema, type RefundId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import type { PaymentStatus } from '@souk/protocol/states';
import { AppError } from '@souk/runtime/app-error';
import Stripe from 'stripe';
import type {
  ListedPayment,
  NewPayment,
  NewRefund,
  PaymentGateway,
  PaymentSnapshot,
} from '../payment-gateway.ts';
import { hasCode, speaking } from './stripe-errors.ts';
import { refundOutcome, toPaymentEvent } from './stripe-events.ts';
import { createStripePayees } from './stripe-payees.ts';

export interface StripeConfig {
  readonly secretKey: string;
  readonly publishableKey: string;
  /** Of each endpoint that Stripe sends to: payments and connected accounts have one each. */
  readonly webhookSecrets: readonly string[];
  /** What the house keeps of a payment for another shop, in hundredths of a percent. */
  readonly applicationFeeBps: number;
  /** Another address of the API, for tests. */
  readonly apiUrl?: string | undefined;
}

const REQUEST_TIMEOUT_MS = 10_000;
const SIGNATURE_HEADER = 'stripe-signature';
const PAGE_SIZE = 100;

/**
 * Stripe's PaymentIntents, in the API version that the package is made for. Writes carry an idempotency key, and are
 * tried again with the same. Source: https://docs.stripe.com/payments/payment-intents
 */
export function createStripeGateway(config: StripeConfig): PaymentGateway {
  const stripe = new Stripe(config.secretKey, {
    ...addressOf(config.apiUrl),
    timeout: REQUEST_TIMEOUT_MS,
    maxNetworkRetries: 2,
    telemetry: false,
  });
  return {
    name: 'stripe',
    payees: createStripePayees(stripe),
    createPayment: (payment) => speaking(() => createIntent(stripe, config, payment)),
    cancelPayment: (gatewayRef) =>
      speaking(async () => {
        await stripe.paymentIntents.cancel(gatewayRef).catch(ignoreOver);
      }),
    refund: (refund) => speaking(() => refundIntent(stripe, config, refund)).catch(refusedAsFailed),
    retrieve: (gatewayRef) =>
      speaking(async () =>
        toSnapshot(await stripe.paymentIntents.retrieve(gatewayRef, { expand: ['latest_charge'] })),
      ),
    list: ({ createdAfter, cursor }) =>
      speaking(async () => {
        const { data, has_more: hasMore } = await stripe.paymentIntents.list({
          created: { gte: Math.floor(createdAfter / 1_000) },
          limit: PAGE_SIZE,
          expand: ['data.latest_charge'],
          ...(cursor === undefined ? {} : { starting_after: cursor }),
        });
        return { payments: data.map(toListed), nextCursor: hasMore ? (data.at(-1)?.id ?? null) : null };
      }),
    parseWebhook: (rawBody, headers) =>
      toPaymentEvent(verify(stripe, rawBody, headers[SIGNATURE_HEADER], config.webhookSecrets)),
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

async function createIntent(
  stripe: Stripe,
  { applicationFeeBps }: StripeConfig,
  { paymentId, orderId, amount, payee }: NewPayment,
): Promise<{ gatewayRef: string; clientSecret: string }> {
  const intent = await stripe.paymentIntents.create(
    {
      amount: amount.amountMinor,
      currency: amount.currency.toLowerCase(),
      automatic_payment_methods: { enabled: true },
      metadata: { paymentId, orderId },
      ...forPayee(payee, Math.floor((amount.amountMinor * applicationFeeBps) / 10_000)),
    },
    // Under one key Stripe accepts one and the same request only.
    { idempotencyKey: payee === null ? paymentId : `${paymentId}-${payee}` },
  );
  if (intent.client_secret === null) throw new Error('Stripe gave no client secret');
  return { gatewayRef: intent.id, clientSecret: intent.client_secret };
}

/** A destination charge. Source: https://docs.stripe.com/connect/destination-charges */
function forPayee(payee: string | null, feeMinor: number): Partial<Stripe.PaymentIntentCreateParams> {
  if (payee === null) return {};
  const fee = feeMinor > 0 ? { application_fee_amount: feeMinor } : {};
  return { on_behalf_of: payee, transfer_data: { destination: payee }, ...fee };
}

async function refundIntent(
  stripe: Stripe,
  { applicationFeeBps }: StripeConfig,
  { refundId, paymentId, gatewayRef, amount, payee }: NewRefund,
): Promise<'succeeded' | 'pending' | 'failed'> {
  const made = await findRefund(stripe, gatewayRef, refundId);
  if (made !== undefined) return refundOutcome(made.status);
  // Without this the house would pay for the shop.
  const fromPayee = payee === null ? {} : { reverse_transfer: true };
  const withFee = payee === null || applicationFeeBps === 0 ? {} : { refund_application_fee: true };
  const refund = await stripe.refunds.create(
    {
      ...{ payment_intent: gatewayRef, amount: amount.amountMinor, metadata: { refundId, paymentId } },
      ...fromPayee,
      ...withFee,
    },
    { idempotencyKey: refundId },
  );
  return refundOutcome(refund.status);
}

/** A payment that has succeeded or was cancelled before cannot be cancelled; that is as it should be. */
function ignoreOver(error: unknown): void {
  if (!hasCode(error, 'payment_intent_unexpected_state')) throw error;
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
  const { data } = await stripe.refunds.list({ payment_intent: gatewayRef, limit: PAGE_SIZE });
  return data.find(({ metadata }) => metadata?.['refundId'] === refundId);
}

function refusedAsFailed(error: unknown): 'failed' {
  if (error instanceof Stripe.errors.StripeInvalidRequestError) return 'failed';
  if (error instanceof AppError && error.code === 'NOT_FOUND') return 'failed';
  throw error;
}

function chargeOf({ latest_charge: charge }: Stripe.PaymentIntent): Stripe.Charge | null {
  return typeof charge === 'string' ? null : charge;
}

function toSnapshot(intent: Stripe.PaymentIntent): PaymentSnapshot {
  const refundedMinor = chargeOf(intent)?.amount_refunded ?? 0;
  const isRefunded = refundedMinor > 0 && refundedMinor === intent.amount;
  const amount = {
    amountMinor: intent.amount,
    currency: currencySchema.parse(intent.currency.toUpperCase()),
  };
  return { status: isRefunded ? 'refunded' : statusOf(intent), amount, refundedMinor };
}

function toListed(intent: Stripe.PaymentIntent): ListedPayment {
  const charge = chargeOf(intent);
  return {
    ...toSnapshot(intent),
    gatewayRef: intent.id,
    paymentId: paymentIdSchema.safeParse(intent.metadata['paymentId']).data,
    createdAt: intent.created * 1_000,
    chargedAt: charge?.paid === true ? charge.created * 1_000 : undefined,
  };
}

function statusOf({ status }: Stripe.PaymentIntent): PaymentStatus {
  switch (status) {
    case 'succeeded':
      return 'succeeded';
    case 'processing':
    case 'requires_capture':
      return 'processing';
    case 'canceled':
      return 'cancelled';
    // After a decline too: the buyer may try another card.
    default:
      return 'requires_confirmation';
  }
}

/** Endpoints of one account have secrets of their own; a secret that is changed is valid beside the new one for a while. */
function verify(
  stripe: Stripe,
  rawBody: Buffer,
  header: string | string[] | undefined,
  secrets: readonly string[],
): Stripe.Event {
  let cause: unknown;
  for (const secret of secrets) {
    try {
      return stripe.webhooks.constructEvent(rawBody, header ?? '', secret);
    } catch (error) {
      cause = error;
    }
  }
  throw new AppError('INVALID_WEBHOOK_SIGNATURE', { cause });
}
