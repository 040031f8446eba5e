import type { TradeFoundation } from './create-trade.ts';
import type { Carrier } from './fulfilment/carrier.ts';
import { createCarrierFaults, createOfflineCarrier } from './fulfilment/offline-carrier.ts';
import type { PaymentGateway } from './payments/payment-gateway.ts';
import { type ConfirmPayment, createConfirmPayment } from './payments/sandbox/confirm-payment.ts';
import { createDeliverWebhook, type DeliverWebhook } from './payments/sandbox/deliver-webhook.ts';
import { createSandboxFaults, type SandboxFaults } from './payments/sandbox/sandbox-faults.ts';
import { createSandboxGateway } from './payments/sandbox/sandbox-gateway.ts';
import { createStripeGateway } from './payments/stripe/stripe-gateway.ts';
import type { TradeConfig } from './trade-config.ts';

/** The services outside of the house that trade speaks to, or their offline twins. */
export interface OutsideServices {
  readonly gateway: PaymentGateway;
  readonly carrier: Carrier;
  /** Only with the sandbox. */
  readonly confirmPayment: ConfirmPayment | undefined;
  readonly deliverWebhook: DeliverWebhook;
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
      gateway: createStripe(config),
      carrier,
      confirmPayment: undefined,
      deliverWebhook: async () => undefined,
    };
  const shared = { ...foundation, faults, webhookSecret: config.SOUK_WEBHOOK_SECRET };
  return {
    gateway: createSandboxGateway({ ...shared, nodeEnv: config.NODE_ENV }),
    carrier,
    confirmPayment: createConfirmPayment(foundation),
    deliverWebhook: createDeliverWebhook({ ...shared, commerceUrl: config.COMMERCE_INTERNAL_URL }),
  };
}

function createStripe(config: TradeConfig): PaymentGateway {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_PUBLISHABLE_KEY: publishableKey } = config;
  const { STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_API_URL: apiUrl } = config;
  if (secretKey === '' || publishableKey === '' || webhookSecret === '')
    throw new Error(
      'PAYMENT_GATEWAY=stripe asks for STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET',
    );
  return createStripeGateway({ secretKey, publishableKey, webhookSecret, apiUrl });
}

function createCarrier({ CARRIER: carrier, CARRIER_FAIL: faults, NODE_ENV: nodeEnv }: TradeConfig): Carrier {
  if (carrier === undefined && nodeEnv === 'production')
    throw new Error(
      'the offline carrier moves no parcels: set CARRIER=offline to use it in production all the same',
    );
  return createOfflineCarrier({ faults: createCarrierFaults(faults) });
}
