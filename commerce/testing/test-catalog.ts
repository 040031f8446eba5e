import type { DeskProduct, ProductDraft, VariantDraft } from '@souk/protocol/http/catalog';
import { createId, type ShowId, type VariantId } from '@souk/protocol/ids';
import { type TestTrade, withKey } from './test-trade.ts';

/** Loose, so that tests can also wish for what is refused. */
type VariantWish = Partial<Record<keyof VariantDraft, unknown>>;
interface DraftWish {
  readonly title?: string;
  readonly description?: string;
  readonly variants?: readonly (VariantWish | undefined)[];
}

/** What a test does at the merchant's desk. `get*` of the client throw when refused; `try*` give the answer back. */
export function createTestCatalog(house: () => TestTrade) {
  const params = () => ({ merchantId: house().shop.merchantId });
  const at = ({ id }: DeskProduct) => ({ ...params(), productId: id });
  const desk = {
    params,
    at,
    async create(wish?: DraftWish): Promise<DeskProduct> {
      const body = draftOf(wish);
      return (await house().merchant.get('product:create', { params: params(), body })).product;
    },
    tryCreate: (wish?: DraftWish) =>
      house().merchant.send('product:create', { params: params(), body: draftOf(wish) }),
    async update(product: DeskProduct, wish: DraftWish): Promise<DeskProduct> {
      const body = draftOf(wish);
      return (await house().merchant.get('product:update', { params: at(product), body })).product;
    },
    tryUpdate: (product: DeskProduct, wish: DraftWish) =>
      house().merchant.send('product:update', { params: at(product), body: draftOf(wish) }),
    archive: (product: DeskProduct, isArchived: boolean) =>
      house().merchant.send('product:archive', { params: at(product), body: { isArchived } }),
    receive: (variantId: VariantId, quantity: number) =>
      house().merchant.get(
        'stock:receive',
        { params: { ...params(), variantId }, body: { quantity } },
        withKey(),
      ),
    /** A show on air with these products. */
    async goLive(...products: readonly DeskProduct[]): Promise<ShowId> {
      const body = { ...params(), title: 'Show', productIds: products.map(({ id }) => id) };
      const { show } = await house().host.get('show:create', { body });
      await house().host.get('show:go-live', { params: { showId: show.id } });
      return show.id;
    },
  };
  return desk;
}

/** A draft with a price and SKUs of its own, as far as nothing else is wished for. */
export function draftOf({ variants = [{}], ...wish }: DraftWish = {}): ProductDraft {
  return {
    title: 'Rain jacket',
    description: '',
    ...wish,
    variants: variants.map((variant) => ({
      sku: createId('variant'),
      priceMinor: 3_900,
      ...{ options: {}, weightGrams: 0, sizeMm: null, parts: [] },
      ...(variant as Partial<VariantDraft>),
    })),
  };
}

/** A product as it was read, as a draft that changes nothing. */
export function toDraft({ title, description, variants }: DeskProduct): ProductDraft {
  return {
    title,
    description,
    variants: variants.map(({ available: _available, parts, ...variant }) => ({
      ...variant,
      parts: parts.map(({ variantId, quantity }) => ({ variantId, quantity })),
    })),
  };
}

/** Throws when the product has no such variant. */
export function variantOf({ variants }: DeskProduct, index = 0) {
  const variant = variants[index];
  if (variant === undefined) throw new Error('no such variant');
  return variant;
}
