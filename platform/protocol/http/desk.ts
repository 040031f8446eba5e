import { z } from 'zod';
import { type HttpCommandSpec, readRate, shopkeepers, writeRate } from '../commands/command-spec.ts';
import { merchantIdSchema, orderIdSchema, productIdSchema, saleIdSchema, variantIdSchema } from '../ids.ts';
import { limits } from '../limits.ts';
import { amountMinorSchema, currencySchema } from '../money.ts';
import { guestPolicySchema } from '../timeline/entries.ts';
import { cursorSchema } from './cursor.ts';

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
} as const satisfies Record<string, HttpCommandSpec>;
