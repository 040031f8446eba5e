import { z } from 'zod';
import {
  type HttpCommandSpec,
  readRate,
  shopkeepers,
  slowRate,
  writeRate,
} from '../commands/command-spec.ts';
import { findingIdSchema, merchantIdSchema, orderIdSchema, refundIdSchema, userIdSchema } from '../ids.ts';
import { limits } from '../limits.ts';
import { amountMinorSchema, currencySchema } from '../money.ts';
import { disputeStatusSchema } from '../states.ts';
import { orderSchema } from './buying.ts';
import { cursorSchema } from './cursor.ts';

const merchantParams = z.strictObject({ merchantId: merchantIdSchema });

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

/** What the desk sees of money: payouts, disagreements, orders and refunds. */
export const deskPaymentCommands = {
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
