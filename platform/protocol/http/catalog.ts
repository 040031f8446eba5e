import { z } from 'zod';
import {
  bundlePartSchema,
  descriptionSchema,
  productCardSchema,
  productTitleSchema,
  skuSchema,
  variantLabelSchema,
} from '../catalog.ts';
import {
  type HttpCommandSpec,
  readRate,
  sharedAddressRate,
  shopkeepers,
  showCrew,
  writeRate,
} from '../commands/command-spec.ts';
import { merchantIdSchema, pictureIdSchema, productIdSchema, showIdSchema, variantIdSchema } from '../ids.ts';
import { limits } from '../limits.ts';
import { currencySchema, priceMinorSchema } from '../money.ts';
import { cursorSchema } from './cursor.ts';

const merchantParams = z.strictObject({ merchantId: merchantIdSchema });
const productParams = z.strictObject({ merchantId: merchantIdSchema, productId: productIdSchema });
const count = z.int().min(0);

const pageQuery = {
  cursor: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSize).default(24),
};

/** Millimetres of the packed goods; null while not measured. */
const sizeMmSchema = z.strictObject({
  length: z.int().min(1).max(100_000),
  width: z.int().min(1).max(100_000),
  height: z.int().min(1).max(100_000),
});
export type SizeMm = z.infer<typeof sizeMmSchema>;

/** Name of the option → its value, for example `{ "Colour": "Forest green", "Size": "M" }`. */
const optionsSchema = z
  .record(z.string().trim().min(1).max(40), z.string().trim().min(1).max(40))
  .refine((options) => Object.keys(options).length <= limits.optionsPerVariant, 'Too many options.');

export const variantDraftSchema = z.strictObject({
  /** Of a variant that exists; left out for a new one. */
  id: variantIdSchema.optional(),
  sku: skuSchema,
  options: optionsSchema.default({}),
  /** Left out: made of the values of the options. */
  label: variantLabelSchema.optional(),
  priceMinor: priceMinorSchema,
  weightGrams: z.int().min(0).max(1_000_000).default(0),
  sizeMm: sizeMmSchema.nullable().default(null),
  /** Makes the variant a bundle that shares stock with its parts; empty for goods of their own. */
  parts: z.array(bundlePartSchema).max(limits.partsPerBundle).default([]),
});
export type VariantDraft = z.infer<typeof variantDraftSchema>;

export const productDraftSchema = z.strictObject({
  title: productTitleSchema,
  description: descriptionSchema.default(''),
  variants: z.array(variantDraftSchema).min(1).max(limits.variantsPerProduct),
});
export type ProductDraft = z.infer<typeof productDraftSchema>;

const pictureSchema = z.strictObject({ id: pictureIdSchema, url: z.string() });

/** A product as its merchant edits it. */
export const deskProductSchema = z.strictObject({
  id: productIdSchema,
  title: z.string(),
  description: z.string(),
  currency: currencySchema,
  /** The first one is the cover. */
  pictures: z.array(pictureSchema),
  isArchived: z.boolean(),
  variants: z.array(
    z.strictObject({
      id: variantIdSchema,
      sku: z.string(),
      options: z.record(z.string(), z.string()),
      label: z.string(),
      priceMinor: priceMinorSchema,
      weightGrams: count,
      sizeMm: sizeMmSchema.nullable(),
      parts: z.array(
        z.strictObject({ ...bundlePartSchema.shape, sku: z.string(), title: z.string(), label: z.string() }),
      ),
      available: count,
    }),
  ),
});
export type DeskProduct = z.infer<typeof deskProductSchema>;

/** A product's own page. */
export const productPageSchema = z.strictObject({
  product: productCardSchema,
  merchantName: z.string(),
  pictureUrls: z.array(z.string()),
  /** Shows on air that have it in their line-up, newest first. */
  liveShows: z.array(z.strictObject({ id: showIdSchema, title: z.string() })).max(5),
});
export type ProductPage = z.infer<typeof productPageSchema>;

const productAnswer = z.strictObject({ product: deskProductSchema });

export const catalogCommands = {
  'product:list': {
    via: 'http',
    summary: 'The products of a merchant, page by page, for line-ups.',
    method: 'GET',
    path: '/api/merchants/:merchantId/products',
    roles: showCrew,
    scope: 'merchant',
    rate: readRate,
    params: merchantParams,
    query: z.strictObject({ ...pageQuery, search: z.string().trim().max(80).optional() }),
    response: z.strictObject({ products: z.array(productCardSchema), nextCursor: cursorSchema.nullable() }),
  },
  'shop:get': {
    via: 'http',
    summary: 'A shop and its products, page by page, for everybody.',
    method: 'GET',
    path: '/api/shops/:merchantId',
    roles: 'public',
    scope: 'platform',
    rate: sharedAddressRate,
    params: merchantParams,
    query: z.strictObject(pageQuery),
    response: z.strictObject({
      merchant: z.strictObject({ id: merchantIdSchema, name: z.string(), currency: currencySchema }),
      products: z.array(productCardSchema),
      nextCursor: cursorSchema.nullable(),
    }),
  },
  'product:get': {
    via: 'http',
    summary: 'A product with its pictures and the shows that have it.',
    method: 'GET',
    path: '/api/products/:productId',
    roles: 'public',
    scope: 'platform',
    rate: sharedAddressRate,
    params: z.strictObject({ productId: productIdSchema }),
    response: productPageSchema,
  },
  'desk:products': {
    via: 'http',
    summary: 'The catalogue as its merchant edits it, page by page.',
    method: 'GET',
    path: '/api/merchants/:merchantId/catalog',
    roles: shopkeepers,
    scope: 'merchant',
    rate: readRate,
    params: merchantParams,
    query: z.strictObject({
      ...pageQuery,
      search: z.string().trim().max(80).optional(),
      archived: z.enum(['yes', 'no']).default('no'),
    }),
    response: z.strictObject({ products: z.array(deskProductSchema), nextCursor: cursorSchema.nullable() }),
  },
  'desk:product': {
    via: 'http',
    summary: 'One product as its merchant edits it.',
    method: 'GET',
    path: '/api/merchants/:merchantId/catalog/:productId',
    roles: shopkeepers,
    scope: 'merchant',
    rate: readRate,
    params: productParams,
    response: productAnswer,
  },
  'product:create': {
    via: 'http',
    summary: 'Add a product with its variants. Stock is received afterwards.',
    method: 'POST',
    path: '/api/merchants/:merchantId/catalog',
    roles: shopkeepers,
    scope: 'merchant',
    rate: writeRate,
    params: merchantParams,
    body: productDraftSchema,
    response: productAnswer,
  },
  'product:update': {
    via: 'http',
    summary: 'Replace a product and its variants; a variant that is left out is archived.',
    method: 'PUT',
    path: '/api/merchants/:merchantId/catalog/:productId',
    roles: shopkeepers,
    scope: 'merchant',
    rate: writeRate,
    params: productParams,
    body: productDraftSchema,
    response: productAnswer,
  },
  'product:archive': {
    via: 'http',
    summary: 'Take a product out of the shop, or bring it back.',
    method: 'PUT',
    path: '/api/merchants/:merchantId/catalog/:productId/archived',
    roles: shopkeepers,
    scope: 'merchant',
    rate: writeRate,
    params: productParams,
    body: z.strictObject({ isArchived: z.boolean() }),
    response: productAnswer,
  },
  'picture:add': {
    via: 'http',
    summary: 'Add a picture to a product: PNG, JPEG or WebP, told by its bytes.',
    method: 'POST',
    path: '/api/merchants/:merchantId/catalog/:productId/pictures',
    roles: shopkeepers,
    scope: 'merchant',
    rate: writeRate,
    params: productParams,
    maxBodyBytes: 2 * limits.pictureBytes,
    body: z.strictObject({ dataBase64: z.base64().max(Math.ceil(limits.pictureBytes / 3) * 4) }),
    response: productAnswer,
  },
  'picture:arrange': {
    via: 'http',
    summary: 'Put the pictures of a product in order; one that is left out is removed.',
    method: 'PUT',
    path: '/api/merchants/:merchantId/catalog/:productId/pictures',
    roles: shopkeepers,
    scope: 'merchant',
    rate: writeRate,
    params: productParams,
    body: z.strictObject({ pictureIds: z.array(pictureIdSchema).max(limits.picturesPerProduct) }),
    response: productAnswer,
  },
} as const satisfies Record<string, HttpCommandSpec>;
