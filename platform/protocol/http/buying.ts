import { z } from 'zod';
import { bundlePartSchema } from '../catalog.ts';
import { anyone, type HttpCommandSpec, readRate, writeRate } from '../commands/command-spec.ts';
import {
  holdIdSchema,
  merchantIdSchema,
  orderIdSchema,
  paymentIdSchema,
  productIdSchema,
  saleIdSchema,
  showIdSchema,
  variantIdSchema,
} from '../ids.ts';
import { instantSchema } from '../instant.ts';
import { limits } from '../limits.ts';
import { currencySchema, priceMinorSchema } from '../money.ts';
import { holdStatusSchema, orderStatusSchema, paymentStatusSchema, shipmentStatusSchema } from '../states.ts';

const quantitySchema = z.int().min(1).max(limits.lineQuantity);

export const holdSchema = z.strictObject({
  id: holdIdSchema,
  merchantId: merchantIdSchema,
  showId: showIdSchema,
  status: holdStatusSchema,
  currency: currencySchema,
  lines: z.array(
    z.strictObject({
      variantId: variantIdSchema,
      productId: productIdSchema,
      title: z.string(),
      variantLabel: z.string(),
      pictureUrl: z.string(),
      saleId: saleIdSchema.nullable(),
      quantity: quantitySchema,
      unitPriceMinor: priceMinorSchema,
      /** Of a bundle: what one of it is made of, as it was when it was held. */
      parts: z.array(bundlePartSchema).max(limits.partsPerBundle).optional(),
    }),
  ),
  expiresAt: instantSchema,
});
/** Units that are kept for one buyer until `expiresAt`. */
export type Hold = z.infer<typeof holdSchema>;

export const addressSchema = z.strictObject({
  name: z.string().trim().min(1).max(120),
  line1: z.string().trim().min(1).max(160),
  line2: z.string().trim().max(160).default(''),
  city: z.string().trim().min(1).max(120),
  postalCode: z.string().trim().max(20),
  /** ISO 3166-1 alpha-2. */
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/),
});
export type Address = z.infer<typeof addressSchema>;

/** `totalMinor` = items + shipping + duties − discount. */
export const totalsSchema = z.strictObject({
  itemsMinor: z.int().min(0),
  /** What a coupon takes off, from items or from shipping. */
  discountMinor: z.int().min(0),
  shippingMinor: z.int().min(0),
  /** Duties that are paid with the order; those that the carrier collects are not in it. */
  dutiesMinor: z.int().min(0),
  /** Taxes contained in the total. */
  taxMinor: z.int().min(0),
  totalMinor: z.int().min(0),
  currency: currencySchema,
});
export type Totals = z.infer<typeof totalsSchema>;

/** How the page confirms the payment: the sandbox's own endpoint, or Stripe's Payment Element. */
export const paymentHandleSchema = z.discriminatedUnion('gateway', [
  z.strictObject({ gateway: z.literal('sandbox'), paymentId: paymentIdSchema, clientSecret: z.string() }),
  z.strictObject({
    gateway: z.literal('stripe'),
    paymentId: paymentIdSchema,
    clientSecret: z.string(),
    publishableKey: z.string(),
  }),
]);
export type PaymentHandle = z.infer<typeof paymentHandleSchema>;

export const orderLineSchema = z.strictObject({
  productId: productIdSchema,
  variantId: variantIdSchema,
  title: z.string(),
  variantLabel: z.string(),
  pictureUrl: z.string(),
  quantity: quantitySchema,
  unitPriceMinor: priceMinorSchema,
});
export type OrderLine = z.infer<typeof orderLineSchema>;

export const orderSchema = z.strictObject({
  id: orderIdSchema,
  showId: showIdSchema.nullable(),
  merchantName: z.string(),
  status: orderStatusSchema,
  createdAt: instantSchema,
  lines: z.array(orderLineSchema),
  totals: totalsSchema,
  couponCode: z.string().nullable(),
  address: addressSchema,
  payment: z.strictObject({
    status: paymentStatusSchema,
    /** Present while the buyer still has to pay. */
    handle: paymentHandleSchema.nullable(),
    /** Present while the payment service is asked at its own pace: how many are before this one, and when it is ready. */
    queue: z.strictObject({ place: z.int().min(1), readyAt: instantSchema }).nullable(),
    refundedMinor: z.int().min(0),
  }),
  /** Until when the buyer may pay; null once paid or over. */
  payBefore: instantSchema.nullable(),
  shipment: z
    .strictObject({
      status: shipmentStatusSchema,
      carrier: z.string(),
      trackingNumber: z.string(),
      dispatchedAt: instantSchema.nullable(),
    })
    .nullable(),
});
/** An order, as its buyer sees it. */
export type Order = z.infer<typeof orderSchema>;

const orderParams = z.strictObject({ orderId: orderIdSchema });

export const buyingCommands = {
  'hold:take': {
    via: 'http',
    summary: 'Hold units for the caller: all lines or none.',
    method: 'POST',
    path: '/api/shows/:showId/holds',
    roles: anyone,
    scope: 'platform',
    rate: writeRate,
    params: z.strictObject({ showId: showIdSchema }),
    body: z.strictObject({
      lines: z
        .array(
          z.strictObject({
            variantId: variantIdSchema,
            /** The flash sale to buy from; null buys at the ordinary price. */
            saleId: saleIdSchema.nullable(),
            quantity: quantitySchema,
          }),
        )
        .min(1)
        .max(limits.cartLines),
    }),
    response: z.strictObject({ hold: holdSchema, serverTime: instantSchema }),
  },
  'hold:list': {
    via: 'http',
    summary: 'The active holds of the caller: the cart.',
    method: 'GET',
    path: '/api/holds',
    roles: anyone,
    scope: 'platform',
    rate: readRate,
    response: z.strictObject({ holds: z.array(holdSchema), serverTime: instantSchema }),
  },
  'hold:release': {
    via: 'http',
    summary: 'Give held units back.',
    method: 'DELETE',
    path: '/api/holds/:holdId',
    roles: anyone,
    scope: 'platform',
    rate: writeRate,
    params: z.strictObject({ holdId: holdIdSchema }),
    response: z.strictObject({}),
  },
  'order:list': {
    via: 'http',
    summary: 'The orders of the caller, newest first.',
    method: 'GET',
    path: '/api/orders',
    roles: anyone,
    scope: 'platform',
    rate: readRate,
    response: z.strictObject({ orders: z.array(orderSchema) }),
  },
  'order:get': {
    via: 'http',
    summary: 'One order of the caller.',
    method: 'GET',
    path: '/api/orders/:orderId',
    roles: anyone,
    scope: 'platform',
    rate: readRate,
    params: orderParams,
    response: z.strictObject({ order: orderSchema }),
  },
  'order:cancel': {
    via: 'http',
    summary: 'Cancel an own order before it is dispatched.',
    method: 'POST',
    path: '/api/orders/:orderId/cancel',
    roles: anyone,
    scope: 'platform',
    rate: writeRate,
    params: orderParams,
    response: z.strictObject({ order: orderSchema }),
  },
} as const satisfies Record<string, HttpCommandSpec>;

/** Header of commands that are marked `idempotent`. */
export const IDEMPOTENCY_HEADER = 'idempotency-key';
export const idempotencyKeySchema = z.string().regex(/^[\w-]{8,100}$/);
