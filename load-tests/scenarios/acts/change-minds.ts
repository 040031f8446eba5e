import type { Hold, Order } from '@souk/protocol/http/buying';
import { createId, type MerchantId, type OrderId, type ShowId, type VariantId } from '@souk/protocol/ids';
import type { OrderStatus } from '@souk/protocol/states';
import { createApiClient } from '../../clients/api-client.ts';
import type { World } from '../../world/world.ts';
import { orderHold, payOrder } from './buy-unit.ts';
import type { Guest } from './gather-crowd.ts';

/** The account of the demo shop that keeps its desk. */
const MERCHANT_EMAIL = 'merchant@souk.local';
const DEMO_PASSWORD = 'souk-demo';
const NEWS_TIMEOUT_MS = 30_000;

export interface Wares {
  readonly showId: ShowId;
  readonly merchantId: MerchantId;
  readonly variantId: VariantId;
}

type Way = 'hold released' | 'order cancelled' | 'card declined' | 'order refunded';

/**
 * Lets guests buy at the ordinary price and not keep it, each in another way. Returns the ways that went wrong.
 * What is left behind is for the invariants to look at.
 */
export async function changeMinds(world: World, wares: Wares, guests: readonly Guest[]): Promise<string[]> {
  const ways = Object.entries(everyWay(world, wares)) as [Way, (guest: Guest) => Promise<boolean>][];
  const results = await Promise.allSettled(
    ways.map(async ([, act], index) => {
      const guest = guests[index % guests.length];
      return guest !== undefined && (await act(guest));
    }),
  );
  return results.flatMap((result, index) => {
    const way = ways[index]?.[0] ?? '';
    if (result.status === 'rejected') return [`${way}: ${String(result.reason)}`];
    return result.value ? [] : [way];
  });
}

function everyWay(world: World, wares: Wares): Record<Way, (guest: Guest) => Promise<boolean>> {
  const order = async (guest: Guest): Promise<Order> => orderHold(guest, await hold(guest, wares));
  const pay = async (guest: Guest, wanted: OrderStatus): Promise<Order> => {
    const placed = await order(guest);
    await payOrder(guest, placed, 'paying');
    await hear(guest, placed.id, wanted);
    return placed;
  };
  return {
    'hold released': async (guest) => {
      const { id } = await hold(guest, wares);
      await guest.api.call('hold:release', { params: { holdId: id } });
      const { holds } = await guest.api.call('hold:list', {});
      return holds.every((active) => active.id !== id);
    },
    'order cancelled': async (guest) => {
      const { id } = await order(guest);
      const cancelled = await guest.api.call('order:cancel', { params: { orderId: id } });
      return cancelled.order.status === 'cancelled';
    },
    'card declined': async (guest) => {
      const placed = await order(guest);
      await payOrder(guest, placed, 'declined');
      await guest.api.call('order:cancel', { params: { orderId: placed.id } });
      await hear(guest, placed.id, 'cancelled');
      return true;
    },
    'order refunded': async (guest) => {
      const { id } = await pay(guest, 'dispatched');
      await refund(world, wares.merchantId, id);
      await hear(guest, id, 'refunded');
      return true;
    },
  };
}

async function hold(guest: Guest, { showId, variantId }: Wares): Promise<Hold> {
  const taken = await guest.api.call('hold:take', {
    params: { showId },
    body: { lines: [{ variantId, saleId: null, quantity: 1 }] },
  });
  return taken.hold;
}

async function refund(world: World, merchantId: MerchantId, orderId: OrderId): Promise<void> {
  const merchant = createApiClient(world.commerceUrl);
  await merchant.logIn(MERCHANT_EMAIL, DEMO_PASSWORD);
  await merchant.call('order:refund', {
    params: { merchantId, orderId },
    body: { reason: 'load test', restock: true },
    idempotencyKey: createId('command'),
  });
}

function hear({ follower }: Guest, orderId: OrderId, wanted: OrderStatus): Promise<void> {
  return follower.waitFor(({ orders }) => orders[orderId] === wanted, NEWS_TIMEOUT_MS);
}
