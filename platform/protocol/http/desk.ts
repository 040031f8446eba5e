import { z } from 'zod';
import { productCardSchema } from '../catalog.ts';
import {
  type HttpCommandSpec,
  readRate,
  shopkeepers,
  showCrew,
  writeRate,
} from '../commands/command-spec.ts';
import { merchantIdSchema, orderIdSchema, refundIdSchema, userIdSchema, variantIdSchema } from '../ids.ts';
import { limits } from '../limits.ts';
import { amountMinorSchema, currencySchema } from '../money.ts';
import { guestPolicySchema } from '../timeline/entries.ts';
import { orderSchema } from './buying.ts';

const merchantParams = z.strictObject({ merchantId: merchantIdSchema });
const count = z.int().min(0);

export const stockSchema = z.strictObject({
  variantId: variantIdSchema,
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

export const merchantSchema = z.strictObject({
  id: merchantIdSchema,
  name: z.string(),
  currency: currencySchema,
  policy: guestPolicySchema,
});
export type Merchant = z.infer<typeof merchantSchema>;

/** An order as the merchant's desk sees it. */
export const deskOrderSchema = orderSchema.extend({
  buyerId: userIdSchema,
  buyerName: z.string(),
  email: z.string().nullable(),
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
  'product:list': {
    via: 'http',
    summary: 'The products of a merchant, for line-ups.',
    method: 'GET',
    path: '/api/merchants/:merchantId/products',
    roles: showCrew,
    scope: 'merchant',
    rate: readRate,
    params: merchantParams,
    response: z.strictObject({ products: z.array(productCardSchema) }),
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
    response: z.strictObject({ stock: z.array(stockSchema) }),
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
  'desk:orders': {
    via: 'http',
    summary: 'The orders of a merchant, newest first.',
    method: 'GET',
    path: '/api/merchants/:merchantId/orders',
    roles: shopkeepers,
    scope: 'merchant',
    rate: readRate,
    params: merchantParams,
    response: z.strictObject({ orders: z.array(deskOrderSchema) }),
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
