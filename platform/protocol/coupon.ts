import { z } from 'zod';
import { couponIdSchema } from './ids.ts';
import { currencySchema, priceMinorSchema } from './money.ts';

/** What buyers type in: letters, digits and hyphens; case does not matter. */
export const couponCodeSchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9](?:[A-Z0-9-]{1,30})[A-Z0-9]$/);

/** What a coupon takes off: a share of the items, an amount off the items, or the shipping. */
export const couponBenefitSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), percent: z.int().min(1).max(100) }),
  z.strictObject({ kind: z.literal('amount'), amountMinor: priceMinorSchema }),
  z.strictObject({ kind: z.literal('free-shipping') }),
]);
export type CouponBenefit = z.infer<typeof couponBenefitSchema>;

/** A coupon as viewers see it when the host pins it. */
export const couponCardSchema = z.strictObject({
  couponId: couponIdSchema,
  code: couponCodeSchema,
  title: z.string().max(80),
  benefit: couponBenefitSchema,
  currency: currencySchema,
  minItemsMinor: z.int().min(0),
  endsAt: z.int().min(0).nullable(),
});
export type CouponCard = z.infer<typeof couponCardSchema>;
