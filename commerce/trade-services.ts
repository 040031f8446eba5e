import type { TradeFoundation } from './create-trade.ts';
import type { Carrier } from './fulfilment/carrier.ts';
import { createCarrierFaults, createOfflineCarrier } from './fulfilment/offline-carrier.ts';
import { createPacedGateway } from './payments/paced-gateway.ts';
import type { PaymentGateway } from './payments/payment-gateway.ts';
import { createPaymentPacer, type PaymentPacer, unlimitedPacer } from './payments/payment-pacer.ts';
import { type ConfirmPayment, createConfirmPayment } from './payments/sandbox/confirm-payment.ts';
import { createDeliverWebhook, type DeliverWebhook } from './payments/sandbox/deliver-webhook.ts';
import { createRedeliverWebhooks } from './payments/sandbox/redeliver-webhooks.ts';
import { createSandboxFaults, type SandboxFaults } from './payments/sandbox/sandbox-faults.ts';
import { createSandboxGateway } from './payments/sandbox/sandbox-gateway.ts';
import { createStripeGateway } from './payments/stripe/stripe-gateway.ts';
import type { TradeConfig } from './trade-config.ts';

/** The services outside of the house that trade speaks to, or their offline twins. */
export interface OutsideServices {
  /** Keeps to the pace by itself. */
  readonly gateway: PaymentGateway;
  readonly pacer: PaymentPacer;
  readonly carrier: Carrier;
  /** Only with the sandbox. */
  readonly confirmPayment: ConfirmPayment | undefined;
  readonly deliverWebhook: DeliverWebhook;
  /** Delivers what was not delivered in time; a real service does that by itself. */
  readonly redeliverWebhooks: () => Promise<void>;
}

/** Chooses the services by configuration. Throws Error for a twin in production that was not asked for, or a missing key. */
export function createOutsideServices(
  foundation: TradeFoundation,
  config: TradeConfig,
  faults: SandboxFaults = createSandboxFaults(config.SANDBOX_FAIL),
): OutsideServices {
  const carrier = createCarrier(config);
  if (config.PAYMENT_GATEWAY === 'stripe')
    return {
      ...pace(foundation, createStripe(config), config.PAYMENT_REQUESTS_PER_SECOND ?? paceOfStripe(config)),
      carrier,
      confirmPayment: undefined,
      deliverWebhook: async () => undefined,
      redeliverWebhooks: async () => undefined,
    };
  const shared = { ...foundation, faults, webhookSecret: config.SOUK_WEBHOOK_SECRET };
  const gateway = createSandboxGateway({ ...shared, nodeEnv: config.NODE_ENV });
  const deliverWebhook = createDeliverWebhook({ ...shared, commerceUrl: config.COMMERCE_INTERNAL_URL });
  return {
    ...pace(foundation, gateway, config.PAYMENT_REQUESTS_PER_SECOND),
    carrier,
    confirmPayment: createConfirmPayment(foundation),
    deliverWebhook,
    redeliverWebhooks: createRedeliverWebhooks({ ...foundation, deliverWebhook }),
  };
}

/** No limit without `perSecond`. */
function pace(
  { redis, clock }: TradeFoundation,
  gateway: PaymentGateway,
  perSecond: number | undefined,
): Pick<OutsideServices, 'gateway' | 'pacer'> {
  if (perSecond === undefined) return { gateway, pacer: unlimitedPacer };
  const pacer = createPaymentPacer({ redis, clock, gateway: gateway.name, perSecond });
  return { gateway: createPacedGateway(gateway, pacer), pacer };
}

/** Stripe allows 100 requests per second, 25 with a test key. Source: https://docs.stripe.com/rate-limits */
function paceOfStripe({ STRIPE_SECRET_KEY: key }: TradeConfig): number {
  return key.includes('_live_') ? 80 : 20;
}

function createStripe(config: TradeConfig): PaymentGateway {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_PUBLISHABLE_KEY: publishableKey } = config;
  const { STRIPE_WEBHOOK_SECRET: webhookSecrets, STRIPE_API_URL: apiUrl } = config;
  if (secretKey === '' || publishableKey === '' || webhookSecrets.length === 0)
    throw new Error(
      'PAYMENT_GATEWAY=stripe asks for STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET',
    );
  const applicationFeeBps = config.STRIPE_APPLICATION_FEE_BPS;
  return createStripeGateway({ secretKey, publishableKey, webhookSecrets, applicationFeeBps, apiUrl });
}

function createCarrier({ CARRIER: carrier, CARRIER_FAIL: faults, NODE_ENV: nodeEnv }: TradeConfig): Carrier {
  if (carrier === undefined && nodeEnv === 'production')
    throw new Error(
      'the offline carrier moves no parcels: set CARRIER=offline to use it in production all the same',
    );
  return createOfflineCarrier({ faults: createCarrierFaults(faults) });
}
