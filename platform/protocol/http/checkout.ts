import { z } from 'zod';
import {
  anyone,
  type HttpCommandSpec,
  readRate,
  sharedAddressRate,
  writeRate,
} from '../commands/command-spec.ts';
import { couponCodeSchema } from '../coupon.ts';
import { holdIdSchema, merchantIdSchema, orderIdSchema, paymentIdSchema, quoteIdSchema } from '../ids.ts';
import { instantSchema } from '../instant.ts';
import { limits } from '../limits.ts';
import { currencySchema } from '../money.ts';
import { paymentStatusSchema } from '../states.ts';
import { addressSchema, orderLineSchema, orderSchema, totalsSchema } from './buying.ts';

export const quoteSchema = z.strictObject({
  id: quoteIdSchema,
  merchantId: merchantIdSchema,
  holdIds: z.array(holdIdSchema).min(1).max(limits.cartLines),
  /** Where the parcel goes: shipping, taxes and duties depend on it. ISO 3166-1 alpha-2. */
  country: addressSchema.shape.country,
  lines: z.array(orderLineSchema),
  coupon: z
    .strictObject({
      code: z.string(),
      title: z.string(),
      /** What it takes off in all. */
      discountMinor: z.int().min(0),
    })
    .nullable(),
  totals: totalsSchema,
  /** Until then an order at these totals is accepted, if its holds last as long. */
  expiresAt: instantSchema,
});
/** What a cart costs in the end, fixed for a while. */
export type Quote = z.infer<typeof quoteSchema>;

export const receiptSchema = z.strictObject({
  /** Rises with each receipt of the house; a gap means nothing. */
  number: z.int().min(1),
  issuedAt: instantSchema,
  order: orderSchema,
  merchantName: z.string(),
  /** Refunds that were paid out. */
  refunds: z.array(
    z.strictObject({ amountMinor: z.int().min(1), reason: z.string(), refundedAt: instantSchema }),
  ),
  currency: currencySchema,
});
export type Receipt = z.infer<typeof receiptSchema>;

export const checkoutCommands = {
  'quote:create': {
    via: 'http',
    summary: 'What the held lines cost, with discounts, shipping, duties and taxes; fixed for 15 minutes.',
    method: 'POST',
    path: '/api/checkout/quotes',
    roles: anyone,
    scope: 'platform',
    rate: readRate,
    body: z.strictObject({
      holdIds: z.array(holdIdSchema).min(1).max(limits.cartLines),
      /** Left out: the shop's own country. */
      country: addressSchema.shape.country.optional(),
      couponCode: couponCodeSchema.optional(),
    }),
    response: z.strictObject({ quote: quoteSchema, serverTime: instantSchema }),
  },
  'order:place': {
    via: 'http',
    summary:
      'Turn a quote into an order: the stock is claimed, the payment is prepared. Nothing is charged yet.',
    method: 'POST',
    path: '/api/checkout/orders',
    roles: anyone,
    scope: 'platform',
    rate: writeRate,
    idempotent: true,
    body: z.strictObject({
      quoteId: quoteIdSchema,
      address: addressSchema,
      email: z.string().trim().toLowerCase().max(254).pipe(z.email()).optional(),
    }),
    response: z.strictObject({ order: orderSchema }),
  },
  'order:receipt': {
    via: 'http',
    summary: 'The receipt of an own order that was paid.',
    method: 'GET',
    path: '/api/orders/:orderId/receipt',
    roles: anyone,
    scope: 'platform',
    rate: readRate,
    params: z.strictObject({ orderId: orderIdSchema }),
    response: z.strictObject({ receipt: receiptSchema }),
  },
  'sandbox:confirm': {
    via: 'http',
    summary: 'Stands in for the payment service: the buyer hands in a test card. Refused in production.',
    method: 'POST',
    path: '/api/sandbox/payments/:paymentId/confirm',
    roles: 'public',
    scope: 'platform',
    rate: sharedAddressRate,
    params: z.strictObject({ paymentId: paymentIdSchema }),
    body: z.strictObject({
      clientSecret: z.string().max(200),
      cardNumber: z
        .string()
        .max(40)
        .transform((text) => text.replaceAll(/[\s-]/g, ''))
        .pipe(z.string().regex(/^\d{12,19}$/)),
    }),
    response: z.strictObject({ status: paymentStatusSchema, declineCode: z.string().nullable() }),
  },
} as const satisfies Record<string, HttpCommandSpec>;
