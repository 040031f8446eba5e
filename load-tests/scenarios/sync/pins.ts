import { type ProductId, type ShowId, showIdSchema } from '@souk/protocol/ids';
import { parseEntry } from '@souk/protocol/timeline/entries';
import { DEMO_PASSWORD, HOST_EMAIL, type ShowOnAir } from '../../browser/show-on-air.ts';
import { type ApiClient, createApiClient } from '../../clients/api-client.ts';

/** A pin, and the instant that belongs to it, server wall-clock milliseconds. */
export interface PinInstant {
  readonly productId: string;
  readonly at: number;
}

/** The host's pins, set over the API. */
export interface Pins {
  /** There are at least two. */
  readonly productIds: readonly ProductId[];
  /** Pins a product at this instant; resolves with the server's answer. */
  set(productId: ProductId): Promise<void>;
  /** The pins of the show's timeline so far. */
  read(): Promise<PinInstant[]>;
}

const PRODUCTS = 8;

/** Puts the first products of the shop into the line-up of the show. */
export async function createPins(show: ShowOnAir): Promise<Pins> {
  const showId = showIdSchema.parse(show.showId);
  const api = createApiClient(show.house.origin);
  await api.logIn(HOST_EMAIL, DEMO_PASSWORD);
  return {
    productIds: await fillLineup(api, showId),
    set: async (productId) => {
      await api.call('pin:set', { params: { showId }, body: { productId, at: Date.now() } });
    },
    read: () => readPinned(api, showId),
  };
}

async function fillLineup(api: ApiClient, showId: ShowId): Promise<ProductId[]> {
  const { show } = await api.call('show:get', { params: { showId } });
  const { products } = await api.call('product:list', { params: { merchantId: show.merchantId }, query: {} });
  const productIds = products.slice(0, PRODUCTS).map(({ id }) => id);
  if (productIds.length < 2) throw new Error('the shop has too few products');
  await api.call('lineup:set', { params: { showId }, body: { productIds } });
  return productIds;
}

async function readPinned(api: ApiClient, showId: ShowId): Promise<PinInstant[]> {
  const pinned: PinInstant[] = [];
  let after: string | undefined;
  for (let hasMore = true; hasMore; ) {
    const query = after === undefined ? {} : { after };
    const answer = await api.call('timeline:read', { params: { showId }, query });
    for (const entry of answer.entries.map(parseEntry)) {
      if (entry.type === 'product:pinned') pinned.push({ productId: entry.data.productId, at: entry.at });
    }
    after = answer.entries.at(-1)?.id ?? after;
    hasMore = answer.hasMore;
  }
  return pinned;
}
