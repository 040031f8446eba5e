import { z } from 'zod';
import {
  type HttpCommandSpec,
  readRate,
  shopkeepers,
  slowRate,
  writeRate,
} from '../commands/command-spec.ts';
import {
  findingIdSchema,
  merchantIdSchema,
  orderIdSchema,
  productIdSchema,
  refundIdSchema,
  saleIdSchema,
  userIdSchema,
  variantIdSchema,
} from '../ids.ts';
import { limits } from '../limits.ts';
import { amountMinorSchema, currencySchema } from '../money.ts';
import { disputeStatusSchema } from '../states.ts';
import { guestPolicySchema } from '../timeline/entries.ts';
import { orderSchema } from './buying.ts';

/** What the page before gave back; opaque to callers. */
const cursorSchema = z.string().regex(/^[\w-]{1,200}$/);
const merchantParams = z.strictObject({ merchantId: merchantIdSchema });
const count = z.int().min(0);

export const movementKindSchema = z.enum([
  'receive',
  'reserve',
  'release',
  'sell',
  'return',
  'adjust',
  'allocate',
  'deallocate',
]);

/** See the reconciliation in commerce. */
export const findingKindSchema = z.enum([
  'paid-not-marked',
  'marked-not-paid',
  'charged-twice',
  'charged-after-expiry',
  'amount-differs',
  'refund-differs',
]);
export type FindingKind = z.infer<typeof findingKindSchema>;
/** `mended`: nothing is left to do. `open`: a person must look. */
export const findingStatusSchema = z.enum(['mended', 'open']);

export const stockSchema = z.strictObject({
  variantId: variantIdSchema,
  productId: productIdSchema,
  sku: z.string(),
  productTitle: z.string(),
  variantLabel: z.string(),
  pictureUrl: z.string(),
  priceMinor: amountMinorSchema,
  currency: currencySchema,
  onHand: count,
  /** Claimed by orders that are not dispatched yet. */
  reserved: count,
  /** Set aside for running flash sales. */
  allocated: count,
  available: count,
});
export type Stock = z.infer<typeof stockSchema>;

export const sellingPolicySchema = z.strictObject({
  /** True: a coupon also takes off from flash sale prices. False: it counts for the other lines only. */
  couponsOnSalePrices: z.boolean(),
});
export type SellingPolicy = z.infer<typeof sellingPolicySchema>;

export const merchantSchema = z.strictObject({
  id: merchantIdSchema,
  name: z.string(),
  currency: currencySchema,
  policy: guestPolicySchema,
  selling: sellingPolicySchema,
});
export type Merchant = z.infer<typeof merchantSchema>;

/** What the stock of a variant went through; the sums of the deltas are the stock. */
export const movementSchema = z.strictObject({
  id: z.string(),
  kind: movementKindSchema,
  onHandDelta: z.int(),
  reservedDelta: z.int(),
  allocatedDelta: z.int(),
  saleId: saleIdSchema.nullable(),
  orderId: orderIdSchema.nullable(),
  /** Who did it; null when the house did, or a buyer by an order. */
  actorName: z.string().nullable(),
  reason: z.string(),
  at: z.int().min(0),
});
export type Movement = z.infer<typeof movementSchema>;

export const disputeSchema = z.strictObject({
  status: disputeStatusSchema,
  /** In the gateway's words, for example `fraudulent`. */
  reason: z.string(),
  amountMinor: amountMinorSchema,
  /** Until when the shop must answer the gateway; null when there is nothing to answer. */
  respondBefore: z.int().min(0).nullable(),
});
export type Dispute = z.infer<typeof disputeSchema>;

/** A disagreement between orders and payments that the reconciliation found. */
export const findingSchema = z.strictObject({
  id: findingIdSchema,
  kind: findingKindSchema,
  orderId: orderIdSchema.nullable(),
  gatewayRef: z.string(),
  amountMinor: amountMinorSchema,
  currency: currencySchema,
  status: findingStatusSchema,
  /** What was done, or what a person should do. */
  detail: z.string(),
  foundAt: z.int().min(0),
});
export type Finding = z.infer<typeof findingSchema>;

/** Where a shop's money goes. `platform`: to the house's own account; `connected`: to the shop's account. */
export const payoutsSchema = z.strictObject({
  mode: z.enum(['platform', 'connected']),
  status: z.enum(['ready', 'missing', 'incomplete']),
});
export type Payouts = z.infer<typeof payoutsSchema>;

/** An order as the merchant's desk sees it. */
export const deskOrderSchema = orderSchema.extend({
  buyerId: userIdSchema,
  buyerName: z.string(),
  email: z.string().nullable(),
  dispute: disputeSchema.nullable(),
});
export type DeskOrder = z.infer<typeof deskOrderSchema>;

export const deskCommands = {
  'merchant:list': {
    via: 'http',
    summary: 'The merchants that the caller hosts or keeps shop for.',
    method: 'GET',
    path: '/api/merchants',
    roles: ['viewer', 'moderator', 'host', 'merchant', 'admin'],
    scope: 'platform',
    rate: readRate,
    response: z.strictObject({ merchants: z.array(merchantSchema) }),
  },
  'merchant:set-policy': {
    via: 'http',
    summary: 'Decide whether guests may chat and buy.',
    method: 'PUT',
    path: '/api/merchants/:merchantId/policy',
    roles: shopkeepers,
    scope: 'merchant',
    rate: writeRate,
    params: merchantParams,
    body: guestPolicySchema,
    response: z.strictObject({ merchant: merchantSchema }),
  },
  'stock:list': {
    via: 'http',
    summary: 'The stock of every variant.',
    method: 'GET',
    path: '/api/merchants/:merchantId/stock',
    roles: shopkeepers,
    scope: 'merchant',
    rate: readRate,
    params: merchantParams,
    query: z.strictObject({
      cursor: cursorSchema.optional(),
      limit: z.coerce.number().int().min(1).max(limits.pageSize).default(limits.pageSize),
      search: z.string().trim().max(80).optional(),
    }),
    response: z.strictObject({ stock: z.array(stockSchema), nextCursor: cursorSchema.nullable() }),
  },
  'stock:adjust': {
    via: 'http',
    summary: 'Add units to the stock of a variant, or take some off.',
    method: 'POST',
    path: '/api/merchants/:merchantId/stock/:variantId/adjustments',
    roles: shopkeepers,
    scope: 'merchant',
    rate: writeRate,
    params: z.strictObject({ merchantId: merchantIdSchema, variantId: variantIdSchema }),
    body: z.strictObject({
      delta: z
        .int()
        .min(-1_000_000)
        .max(1_000_000)
        .refine((delta) => delta !== 0, 'Zero changes nothing.'),
      reason: z.string().trim().min(1).max(limits.reasonLength),
    }),
    response: z.strictObject({ stock: stockSchema }),
  },
  'stock:receive': {
    via: 'http',
    summary: 'Take delivered units into the stock of a variant. The same key counts once.',
    method: 'POST',
    path: '/api/merchants/:merchantId/stock/:variantId/receipts',
    roles: shopkeepers,
    scope: 'merchant',
    rate: writeRate,
    idempotent: true,
    params: z.strictObject({ merchantId: merchantIdSchema, variantId: variantIdSchema }),
    body: z.strictObject({
      quantity: z.int().min(1).max(1_000_000),
      reason: z.string().trim().max(limits.reasonLength).default(''),
    }),
    response: z.strictObject({ stock: stockSchema }),
  },
  'stock:movements': {
    via: 'http',
    summary: 'The ledger of a variant, newest first, page by page.',
    method: 'GET',
    path: '/api/merchants/:merchantId/stock/:variantId/movements',
    roles: shopkeepers,
    scope: 'merchant',
    rate: readRate,
    params: z.strictObject({ merchantId: merchantIdSchema, variantId: variantIdSchema }),
    query: z.strictObject({ before: z.coerce.number().int().min(1).optional() }),
    response: z.strictObject({
      movements: z.array(movementSchema).max(limits.pageSize),
      /** `before` of the next page; null on the last. */
      next: z.int().nullable(),
    }),
  },
  'merchant:set-selling': {
    via: 'http',
    summary: 'Decide whether coupons count on flash sale prices.',
    method: 'PUT',
    path: '/api/merchants/:merchantId/selling',
    roles: shopkeepers,
    scope: 'merchant',
    rate: writeRate,
    params: merchantParams,
    body: sellingPolicySchema,
    response: z.strictObject({ merchant: merchantSchema }),
  },
  'payouts:get': {
    via: 'http',
    summary: 'Where the money of this shop goes, and whether its account is ready.',
    method: 'GET',
    path: '/api/merchants/:merchantId/payouts',
    roles: shopkeepers,
    scope: 'merchant',
    rate: readRate,
    params: merchantParams,
    response: z.strictObject({ payouts: payoutsSchema }),
  },
  'payouts:connect': {
    via: 'http',
    summary: 'Where the merchant opens, or completes, the shop’s own payment account.',
    method: 'POST',
    path: '/api/merchants/:merchantId/payouts/connect',
    roles: shopkeepers,
    scope: 'merchant',
    rate: slowRate,
    params: merchantParams,
    response: z.strictObject({ url: z.url() }),
  },
  'desk:findings': {
    via: 'http',
    summary: 'Disagreements between orders and payments, newest first.',
    method: 'GET',
    path: '/api/merchants/:merchantId/payment-findings',
    roles: shopkeepers,
    scope: 'merchant',
    rate: readRate,
    params: merchantParams,
    response: z.strictObject({ findings: z.array(findingSchema).max(200) }),
  },
  'desk:orders': {
    via: 'http',
    summary: 'The orders of a merchant, newest first.',
    method: 'GET',
    path: '/api/merchants/:merchantId/orders',
    roles: shopkeepers,
    scope: 'merchant',
    rate: readRate,
    params: merchantParams,
    query: z.strictObject({
      cursor: cursorSchema.optional(),
      limit: z.coerce.number().int().min(1).max(limits.pageSize).default(limits.pageSize),
    }),
    response: z.strictObject({ orders: z.array(deskOrderSchema), nextCursor: cursorSchema.nullable() }),
  },
  'order:refund': {
    via: 'http',
    summary: 'Pay an order back, whole or in part.',
    method: 'POST',
    path: '/api/merchants/:merchantId/orders/:orderId/refunds',
    roles: shopkeepers,
    scope: 'merchant',
    rate: writeRate,
    idempotent: true,
    params: z.strictObject({ merchantId: merchantIdSchema, orderId: orderIdSchema }),
    body: z.strictObject({
      /** Left out: all that is left. */
      amountMinor: z.int().min(1).optional(),
      reason: z.string().trim().max(limits.reasonLength).default(''),
      /** Put the units back into stock. */
      restock: z.boolean().default(false),
    }),
    response: z.strictObject({ refundId: refundIdSchema, order: deskOrderSchema }),
  },
} as const satisfies Record<string, HttpCommandSpec>;
