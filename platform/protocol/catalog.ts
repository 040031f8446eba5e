import { z } from 'zod';
import { merchantIdSchema, productIdSchema, variantIdSchema } from './ids.ts';
import { currencySchema, priceMinorSchema } from './money.ts';

export const variantCardSchema = z.strictObject({
  id: variantIdSchema,
  sku: z.string().min(1).max(64),
  /** What tells this variant from its siblings, for example `Forest green / M`; empty for an only variant. */
  label: z.string().max(80),
  priceMinor: priceMinorSchema,
  /** Units that could be sold when the card was made; the level `stock` has the present number. */
  available: z.int().min(0),
});
export type VariantCard = z.infer<typeof variantCardSchema>;

export const productCardSchema = z.strictObject({
  id: productIdSchema,
  merchantId: merchantIdSchema,
  title: z.string().min(1).max(120),
  description: z.string().max(2_000),
  /** Path on the own origin, for example `/api/pictures/prd_….svg`. */
  pictureUrl: z.string().max(300),
  currency: currencySchema,
  variants: z.array(variantCardSchema).min(1).max(50),
});
/** A product as viewers see it: complete enough to show and to buy without another request. */
export type ProductCard = z.infer<typeof productCardSchema>;
