import type { ProductCard } from '@souk/protocol/catalog';
import type { MediaTicket } from '@souk/protocol/http/media';
import type { ShowId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { type ApiClient, createApiClient } from '../../clients/api-client.ts';
import type { World } from '../../world/world.ts';

/** The account of the demo shop that hosts shows. */
const HOST_EMAIL = 'host@souk.local';
const DEMO_PASSWORD = 'souk-demo';

export interface OpenShow {
  readonly showId: ShowId;
  readonly host: ApiClient;
  readonly lineup: readonly ProductCard[];
  /** Lets the host publish. */
  readonly ticket: MediaTicket;
}

/** Logs the demo host in, creates a show with the first products of the shop, and puts it on air. */
export async function openShow(world: Pick<World, 'commerceUrl'>): Promise<OpenShow> {
  const host = createApiClient(world.commerceUrl);
  await host.logIn(HOST_EMAIL, DEMO_PASSWORD);
  const { merchants } = await host.call('merchant:list', {});
  const [merchant] = merchants;
  if (merchant === undefined) throw new Error('the demo host has no shop');
  const { products } = await host.call('product:list', {
    params: { merchantId: merchant.id },
    query: {},
  });
  const created = await host.call('show:create', {
    body: {
      merchantId: merchant.id,
      title: 'Load test',
      productIds: products.slice(0, limits.lineupProducts).map(({ id }) => id),
    },
  });
  if (created.media === null) throw new Error('the new show has no media ticket');
  const showId = created.show.id;
  await host.call('show:go-live', { params: { showId } });
  return { showId, host, lineup: created.lineup, ticket: created.media };
}
