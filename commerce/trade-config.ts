import { limits } from '@souk/protocol/limits';
import { commonConfig, httpUrlSchema } from '@souk/runtime/common-config';
import { z } from 'zod';

const secondsSchema = z.coerce.number().int().min(1).max(86_400);

/** Words separated by commas. */
const wordsSchema = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  );

/** Keys that trade reads from the environment. Spread into the schema of each service that runs trade. */
export const tradeConfig = {
  /** Offline twins are refused in production. */
  NODE_ENV: commonConfig.NODE_ENV,
  /** How long a hold lasts. */
  HOLD_SECONDS: secondsSchema.default(120),
  /** How long a unit is held for a buyer who waited. */
  WAITLIST_OFFER_SECONDS: secondsSchema.default(limits.waitlistOfferSeconds),
  /** How long an order waits for its payment. */
  PAY_SECONDS: secondsSchema.default(600),
  /** How long a paid order rests before its dispatch: its buyer sees that it is paid. Less than the sweeper waits. */
  DISPATCH_DELAY_SECONDS: z.coerce.number().int().min(0).max(30).default(3),
  PAYMENT_GATEWAY: z.enum(['sandbox', 'stripe']).default('sandbox'),
  /** Signs and checks the sandbox's webhooks. */
  SOUK_WEBHOOK_SECRET: z.string().min(16),
  /** Where the sandbox delivers its webhooks: commerce, as its neighbours reach it. */
  COMMERCE_INTERNAL_URL: httpUrlSchema,
  /** See payments/sandbox/sandbox-faults.ts. */
  SANDBOX_FAIL: wordsSchema,
  /** Payments per second that the gateway is asked for, over all nodes; without it, what is right for the gateway. */
  PAYMENT_REQUESTS_PER_SECOND: z.coerce.number().min(0.1).max(10_000).optional(),
  /** How often the payment service's books are compared with the house's. */
  RECONCILE_SECONDS: secondsSchema.default(60),
  /** A webhook has this long before it counts as lost. */
  RECONCILE_GRACE_SECONDS: z.coerce.number().int().min(0).max(86_400).default(30),
  /** How long notes are kept that are no part of the shop's books: webhooks, waits that are over, keys of changes. */
  RETENTION_DAYS: z.coerce.number().int().min(7).max(3_650).default(90),
  /** Merchants come back here from the payment service. */
  SOUK_PUBLIC_ORIGIN: httpUrlSchema.default('http://localhost:8080'),
  STRIPE_SECRET_KEY: z.string().default(''),
  STRIPE_PUBLISHABLE_KEY: z.string().default(''),
  /** One per endpoint (payments, connected accounts), separated by commas. */
  STRIPE_WEBHOOK_SECRET: wordsSchema,
  /** What the house keeps of a payment for another shop, in hundredths of a percent. */
  STRIPE_APPLICATION_FEE_BPS: z.coerce.number().int().min(0).max(10_000).default(0),
  /** Another address of Stripe's API, for tests. */
  STRIPE_API_URL: httpUrlSchema.optional(),
  /** In production it must be named: the offline carrier moves nothing. */
  CARRIER: z.enum(['offline']).optional(),
  /** Of: create, cancel. */
  CARRIER_FAIL: wordsSchema,
} as const;

const tradeConfigSchema = z.object(tradeConfig);
/** What trade reads from the environment, parsed. */
export type TradeConfig = z.output<typeof tradeConfigSchema>;
