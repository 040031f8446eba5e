import { z } from 'zod';
import { merchantIdSchema, productIdSchema, variantIdSchema } from './ids.ts';
import { limits } from './limits.ts';
import { currencySchema, priceMinorSchema } from './money.ts';

export const skuSchema = z.string().trim().min(1).max(64);
export const productTitleSchema = z.string().trim().min(1).max(120);
export const descriptionSchema = z.string().trim().max(2_000);
/** What tells this variant from its siblings, for example `Forest green / M`; empty for an only variant. */
export const variantLabelSchema = z.string().trim().max(80);

/** A part of a bundle: that many units of another variant go into one bundle. */
export const bundlePartSchema = z.strictObject({
  variantId: variantIdSchema,
  quantity: z.int().min(1).max(limits.partQuantity),
});
export type BundlePart = z.infer<typeof bundlePartSchema>;

export const variantCardSchema = z.strictObject({
  id: variantIdSchema,
  sku: z.string().min(1).max(64),
  label: z.string().max(80),
  priceMinor: priceMinorSchema,
  /** Units that could be sold when the card was made; the level `stock` has the present number. */
  available: z.int().min(0),
  /** What a bundle is made of, for people to read: `2 × Rain jacket · Forest green / M`. Left out for other variants. */
  contents: z.array(z.string().max(260)).max(limits.partsPerBundle).optional(),
});
export type VariantCard = z.infer<typeof variantCardSchema>;

export const productCardSchema = z.strictObject({
  id: productIdSchema,
  merchantId: merchantIdSchema,
  title: z.string().min(1).max(120),
  description: z.string().max(2_000),
  /** Path of the cover picture on the own origin. */
  pictureUrl: z.string().max(300),
  currency: currencySchema,
  variants: z.array(variantCardSchema).min(1).max(limits.variantsPerProduct),
});
/** A product as viewers see it: complete enough to show and to buy without another request. */
export type ProductCard = z.infer<typeof productCardSchema>;
