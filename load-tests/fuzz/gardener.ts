import { createId, type MerchantId, type ShowId } from '@souk/protocol/ids';
import { type ApiClient, createApiClient } from '../clients/api-client.ts';
import { ApiError } from '../clients/api-error.ts';
import { createMediaApi } from '../clients/media-api.ts';
import { PeerError } from '../clients/peer-connection.ts';
import type { World } from '../world/world.ts';
import type { Memory } from './memory.ts';
import { noteSession } from './note-session.ts';
import { createStage } from './stage.ts';
import { forgiveAll, inviteStrangers, talk } from './talk.ts';

const DEMO_PASSWORD = 'souk-demo';
const LINEUP = 12;
const UNITS = 50;
const SALE_SECONDS = 600;

/** Keeps the house in a state in which most commands can do something: the fuzz ends shows and empties shelves. */
export interface Gardener {
  /**
   * Puts two fresh shows on air, one with stock and some talk and one with a picture, and ends the former one with
   * a picture, whose recording stays. One turn at a time: whoever asks meanwhile waits for the turn that is under way.
   */
  tend(): Promise<void>;
  /** Ends the connections that it holds. */
  stop(): Promise<void>;
}

/** The gardener is the demo shop's own host and merchant, over the public API. */
export async function createGardener(world: World, memory: Memory): Promise<Gardener> {
  const host = createApiClient(world.commerceUrl);
  const merchant = createApiClient(world.commerceUrl);
  const viewer = createApiClient(world.commerceUrl);
  await host.logIn('host@souk.local', DEMO_PASSWORD);
  await merchant.logIn('merchant@souk.local', DEMO_PASSWORD);
  await viewer.logIn('viewer@souk.local', DEMO_PASSWORD);
  const { merchants } = await merchant.call('merchant:list', {});
  const merchantId = merchants[0]?.id;
  if (merchantId === undefined) throw new Error('the demo shop is missing');
  const stage = createStage({ mediaUrl: world.mediaUrl, merchantId, memory, host, viewer });
  const tend = async (): Promise<void> => {
    await Promise.all([host.renew(), merchant.renew(), viewer.renew()]);
    inviteStrangers(memory);
    await unlessDisturbed(() => forgiveAll(merchant, merchantId));
    await unlessDisturbed(async () => {
      const shop = await openShop(merchant, merchantId);
      const showId = await openShow(host, merchantId, shop, memory);
      await unlessDisturbed(() => talk({ world, showId, host, viewer, memory }));
      await sellOut(world, host, showId, memory);
      memory.favour('shw', showId);
    });
    await unlessDisturbed(() => stage.change());
    await unlessDisturbed(() => beginToPublish(world, merchant, merchantId, memory));
  };
  let turn: Promise<void> | undefined;
  return {
    tend() {
      turn ??= tend().finally(() => {
        turn = undefined;
      });
      return turn;
    },
    stop: () => stage.clear(),
  };
}

/** The fuzz may end the show, or archive what is in it, at this very moment; the next turn makes up for it. */
async function unlessDisturbed(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ApiError || error instanceof PeerError)) throw error;
  }
}

interface Shelf {
  readonly productIds: Awaited<ReturnType<typeof listProducts>>;
}

async function listProducts(merchant: ApiClient, merchantId: MerchantId) {
  const { products } = await merchant.call('product:list', {
    params: { merchantId },
    query: { limit: LINEUP },
  });
  return products;
}

/** Guests may buy, and there is something to buy. */
async function openShop(merchant: ApiClient, merchantId: MerchantId): Promise<Shelf> {
  await merchant.call('merchant:set-policy', {
    params: { merchantId },
    body: { guestsMayChat: true, guestsMayBuy: true },
  });
  const products = await listProducts(merchant, merchantId);
  const empty = products.flatMap(({ variants }) =>
    variants.filter(({ available, contents }) => available < UNITS && contents === undefined),
  );
  for (const { id: variantId } of empty)
    await merchant.call('stock:receive', {
      params: { merchantId, variantId },
      body: { quantity: UNITS, reason: 'tended' },
      idempotencyKey: createId('command'),
    });
  return { productIds: products };
}

async function openShow(
  host: ApiClient,
  merchantId: MerchantId,
  { productIds }: Shelf,
  memory: Memory,
): Promise<ShowId> {
  const created = await host.call('show:create', {
    body: { merchantId, title: 'Fuzz', productIds: productIds.map(({ id }) => id) },
  });
  const showId = created.show.id;
  await host.call('show:go-live', { params: { showId } });
  memory.learn('host', [], await host.call('show:get', { params: { showId } }));
  await host.call('moderator:invite', { params: { showId }, body: { email: 'moderator@souk.local' } });
  return showId;
}

/** A connection that waits for its negotiation, in a show of its own; it ends by itself when nobody goes on with it. */
async function beginToPublish(
  { mediaUrl }: World,
  merchant: ApiClient,
  merchantId: MerchantId,
  memory: Memory,
): Promise<void> {
  const created = await merchant.call('show:create', {
    body: { merchantId, title: 'Fuzz to publish', productIds: [] },
  });
  const token = created.media?.token ?? '';
  const session = await createMediaApi(mediaUrl, token).publish();
  noteSession(memory, 'merchant', { showId: created.show.id, seen: created, session });
}

/** A sale of one unit, which a guest holds: there is something to wait for. */
async function sellOut(world: World, host: ApiClient, showId: ShowId, memory: Memory): Promise<void> {
  const { lineup } = await host.call('show:get', { params: { showId } });
  const variantId = lineup.flatMap(({ variants }) => variants).find(({ available }) => available > 0)?.id;
  if (variantId === undefined) return;
  const { sale } = await host.call('sale:start', {
    params: { showId },
    body: { variantId, units: 1, priceMinor: 500, perBuyerLimit: 1, seconds: SALE_SECONDS },
  });
  memory.learn('host', [showId], { sale });
  const guest = createApiClient(world.commerceUrl);
  await guest.renew();
  await guest.call('hold:take', {
    params: { showId },
    body: { lines: [{ variantId, saleId: sale.id, quantity: 1 }] },
  });
  memory.favour('sal', sale.id);
}
