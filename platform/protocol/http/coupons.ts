import { z } from 'zod';
import {
  type HttpCommandSpec,
  readRate,
  shopkeepers,
  showCrew,
  writeRate,
} from '../commands/command-spec.ts';
import { couponBenefitSchema, couponCodeSchema } from '../coupon.ts';
import { couponIdSchema, merchantIdSchema, showIdSchema } from '../ids.ts';
import { instantInQuerySchema, instantSchema } from '../instant.ts';
import { amountMinorSchema, currencySchema, priceMinorSchema } from '../money.ts';

const merchantParams = z.strictObject({ merchantId: merchantIdSchema });
const count = z.int().min(0);
const nothing = z.strictObject({});

/** What may be changed of a coupon that exists; what it gives may not. */
const couponTermsSchema = z.strictObject({
  /** For people, for example `Opening night`. */
  title: z.string().trim().max(80).default(''),
  /** Most that it may take off in all; null: no bound. */
  budgetMinor: priceMinorSchema.nullable().default(null),
  /** Most orders that it may be used in; null: no bound. */
  maxRedemptions: z.int().min(1).max(1_000_000).nullable().default(null),
  perBuyerLimit: z.int().min(1).max(1_000).default(1),
  /** The items must cost at least this. */
  minItemsMinor: amountMinorSchema.default(0),
  /** Null: at once. */
  startsAt: instantSchema.nullable().default(null),
  /** Null: without an end. */
  endsAt: instantSchema.nullable().default(null),
  isEnabled: z.boolean().default(true),
});

export const couponDraftSchema = couponTermsSchema.extend({
  code: couponCodeSchema,
  benefit: couponBenefitSchema,
});
export type CouponDraft = z.infer<typeof couponDraftSchema>;

/** A coupon with how far it is used. */
export const couponSchema = z.strictObject({
  id: couponIdSchema,
  merchantId: merchantIdSchema,
  code: z.string(),
  title: z.string(),
  benefit: couponBenefitSchema,
  currency: currencySchema,
  budgetMinor: amountMinorSchema.nullable(),
  spentMinor: z.int().min(0),
  maxRedemptions: z.int().min(1).nullable(),
  redemptions: count,
  perBuyerLimit: z.int().min(1),
  minItemsMinor: amountMinorSchema,
  startsAt: instantSchema.nullable(),
  endsAt: instantSchema.nullable(),
  isEnabled: z.boolean(),
  createdAt: instantSchema,
});
export type Coupon = z.infer<typeof couponSchema>;

const couponAnswer = z.strictObject({ coupon: couponSchema });

export const couponCommands = {
  'coupon:list': {
    via: 'http',
    summary: 'The coupons of a merchant, newest first; the host needs them for pinning.',
    method: 'GET',
    path: '/api/merchants/:merchantId/coupons',
    roles: showCrew,
    scope: 'merchant',
    rate: readRate,
    params: merchantParams,
    response: z.strictObject({ coupons: z.array(couponSchema).max(500) }),
  },
  'coupon:create': {
    via: 'http',
    summary: 'Create a coupon.',
    method: 'POST',
    path: '/api/merchants/:merchantId/coupons',
    roles: shopkeepers,
    scope: 'merchant',
    rate: writeRate,
    params: merchantParams,
    body: couponDraftSchema,
    response: couponAnswer,
  },
  'coupon:update': {
    via: 'http',
    summary: 'Change the terms of a coupon, or switch it off.',
    method: 'PUT',
    path: '/api/merchants/:merchantId/coupons/:couponId',
    roles: shopkeepers,
    scope: 'merchant',
    rate: writeRate,
    params: z.strictObject({ merchantId: merchantIdSchema, couponId: couponIdSchema }),
    body: couponTermsSchema,
    response: couponAnswer,
  },
  'coupon:pin': {
    via: 'http',
    summary: 'Show a coupon to the viewers of a show.',
    method: 'PUT',
    path: '/api/shows/:showId/coupon',
    roles: showCrew,
    scope: 'show',
    rate: writeRate,
    params: z.strictObject({ showId: showIdSchema }),
    /** `at`: the instant that the host meant, as with `pin:set`. */
    body: z.strictObject({ couponId: couponIdSchema, at: instantSchema.optional() }),
    response: nothing,
  },
  'coupon:unpin': {
    via: 'http',
    summary: 'Take the pinned coupon off.',
    method: 'DELETE',
    path: '/api/shows/:showId/coupon',
    roles: showCrew,
    scope: 'show',
    rate: writeRate,
    params: z.strictObject({ showId: showIdSchema }),
    /** `at` as with `pin:clear`. */
    query: z.strictObject({ at: instantInQuerySchema.optional() }),
    response: nothing,
  },
} as const satisfies Record<string, HttpCommandSpec>;
