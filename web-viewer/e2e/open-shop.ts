import type { MerchantId, ShowId, VariantId } from '@souk/protocol/ids';
import type { Api } from '../api/api-client.ts';
import { apiOf } from './staff-api.ts';

/** A show on air without a picture, and what its staff can do by the API. */
export interface OpenShop {
  readonly host: Api;
  readonly merchant: Api;
  readonly merchantId: MerchantId;
  readonly showId: ShowId;
  /** The first variant of the first product. */
  readonly variantId: VariantId;
  readonly productTitle: string;
}

/** Puts a show of the demo shop on air with its first products. */
export async function openShop(origin: string, title: string): Promise<OpenShop> {
  const host = await apiOf(origin, 'host@souk.local');
  const merchant = await apiOf(origin, 'merchant@souk.local');
  const { merchants } = await merchant.call('merchant:list', {});
  const merchantId = merchants[0]?.id;
  if (merchantId === undefined) throw new Error('the demo has a shop');
  const params = { merchantId };
  const { products } = await host.call('product:list', { params, query: { limit: 3 } });
  const [product] = products;
  const variantId = product?.variants[0]?.id;
  if (product === undefined || variantId === undefined) throw new Error('the shop has products');
  const productIds = products.map(({ id }) => id);
  const { show } = await host.call('show:create', { body: { merchantId, title, productIds } });
  await host.call('show:go-live', { params: { showId: show.id } });
  return { host, merchant, merchantId, showId: show.id, variantId, productTitle: product.title };
}
