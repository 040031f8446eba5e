import type { World } from '../../world/world.ts';
import { orderHold, payOrder } from '../acts/buy-unit.ts';
import { type Guest, gatherCrowd } from '../acts/gather-crowd.ts';
import { logInMerchant } from '../acts/log-in-merchant.ts';
import { type OpenShow, openShow } from '../acts/open-show.ts';
import type { CheckoutParams } from './checkout.ts';

export interface Purchases {
  /** From asking for the hold to hearing of the payment, milliseconds, of each order. */
  readonly holdToPaidMs: readonly number[];
  /** From the first hold to the last payment. */
  readonly elapsedMs: number;
  readonly failures: readonly string[];
}

const UNITS = 1_000_000;
const NEWS_TIMEOUT_MS = 30_000;
const PAID = ['paid', 'allocated', 'dispatched'];

/** Lets a few people into a show; `buy` lets them buy at the ordinary price, one order after the other. */
export async function gatherBuyers(world: World, params: CheckoutParams) {
  const show = await openShow(world);
  const variantIds = await fillShelves(world, show);
  const guests = await gatherCrowd(world, show.showId, params.buyers);
  return {
    buy: (seconds: number) => buyFor(guests, show, variantIds, seconds),
    leave: () => {
      for (const { hub } of guests) hub.close();
    },
  };
}

async function fillShelves(world: World, { lineup }: OpenShow) {
  const merchant = await logInMerchant(world);
  const variants = lineup.flatMap(({ merchantId, variants }) =>
    // A bundle has no shelf of its own.
    variants.filter(({ contents }) => contents === undefined).map(({ id }) => ({ merchantId, id })),
  );
  for (const { merchantId, id } of variants) {
    await merchant.call('stock:adjust', {
      params: { merchantId, variantId: id },
      body: { delta: UNITS, reason: 'load test' },
    });
  }
  return variants.map(({ id }) => id);
}

type VariantIds = Awaited<ReturnType<typeof fillShelves>>;

async function buyFor(
  guests: readonly Guest[],
  { showId }: OpenShow,
  variantIds: VariantIds,
  seconds: number,
): Promise<Purchases> {
  const holdToPaidMs: number[] = [];
  const failures: string[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  await Promise.all(
    guests.map(async (guest, seat) => {
      for (let turn = seat; performance.now() < endsAt; turn += 1) {
        const variantId = variantIds[turn % variantIds.length];
        if (variantId === undefined) throw new Error('the demo shop is empty');
        const heldAt = performance.now();
        try {
          await buyOne(guest, showId, variantId);
          holdToPaidMs.push(performance.now() - heldAt);
        } catch (error) {
          failures.push(String(error));
        }
      }
    }),
  );
  return { holdToPaidMs, elapsedMs: performance.now() - startedAt, failures };
}

async function buyOne(
  guest: Guest,
  showId: OpenShow['showId'],
  variantId: VariantIds[number],
): Promise<void> {
  const { hold } = await guest.api.call('hold:take', {
    params: { showId },
    body: { lines: [{ variantId, saleId: null, quantity: 1 }] },
  });
  const order = await orderHold(guest, hold);
  await payOrder(guest, order, 'paying');
  await guest.follower.waitFor(({ orders }) => PAID.includes(orders[order.id] ?? ''), NEWS_TIMEOUT_MS);
}
