import type { Hold } from '@souk/protocol/http/buying';
import { createId, type OrderId, type SaleId, type ShowId, type VariantId } from '@souk/protocol/ids';
import type { OrderStatus } from '@souk/protocol/states';
import type { Guest } from './gather-crowd.ts';

export interface SaleOffer {
  readonly showId: ShowId;
  readonly saleId: SaleId;
  readonly variantId: VariantId;
}

/** How one buyer fared. Times are milliseconds from the command before. */
export type Purchase =
  | { readonly outcome: 'sold-out'; readonly holdMs: number }
  | {
      readonly outcome: 'dispatched';
      readonly holdMs: number;
      readonly orderMs: number;
      /** From handing in the card to hearing of the payment, and of the dispatch, over the hub. */
      readonly paidMs: number;
      readonly dispatchedMs: number;
    };

const PAYING_CARD = '4242 4242 4242 4242';
const NEWS_TIMEOUT_MS = 30_000;
const address = {
  name: 'Load Tester',
  line1: 'Teststrasse 1',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE',
};

/** Holds one unit of a sale, orders and pays it, and waits for its dispatch. Throws ApiError on any refusal but SOLD_OUT. */
export async function buyUnit(guest: Guest, offer: SaleOffer): Promise<Purchase> {
  const { hold, holdMs } = await takeHold(guest, offer);
  if (hold === undefined) return { outcome: 'sold-out', holdMs };

  const orderedAt = performance.now();
  const { order } = await guest.api.call('order:place', {
    body: { holdIds: [hold.id], address, email: 'buyer@example.test' },
    idempotencyKey: createId('command'),
  });
  const orderMs = performance.now() - orderedAt;

  const handle = order.payment.handle;
  if (handle?.gateway !== 'sandbox') throw new Error('the order cannot be paid by the sandbox');
  const confirmedAt = performance.now();
  await guest.api.call('sandbox:confirm', {
    params: { paymentId: handle.paymentId },
    body: { clientSecret: handle.clientSecret, cardNumber: PAYING_CARD },
  });
  await hear(guest, order.id, ['paid', 'allocated', 'dispatched']);
  const paidMs = performance.now() - confirmedAt;
  await hear(guest, order.id, ['dispatched']);
  return { outcome: 'dispatched', holdMs, orderMs, paidMs, dispatchedMs: performance.now() - confirmedAt };
}

async function takeHold(guest: Guest, offer: SaleOffer): Promise<{ hold: Hold | undefined; holdMs: number }> {
  const { showId, saleId, variantId } = offer;
  const startedAt = performance.now();
  const answer = await guest.api.answer('hold:take', {
    params: { showId },
    body: { lines: [{ variantId, saleId, quantity: 1 }] },
  });
  const holdMs = performance.now() - startedAt;
  if (answer.ok) return { hold: answer.data.hold, holdMs };
  if (answer.error.code === 'SOLD_OUT') return { hold: undefined, holdMs };
  throw new Error(`a hold was refused: ${answer.error.code}`);
}

function hear({ follower }: Guest, orderId: OrderId, statuses: readonly OrderStatus[]): Promise<void> {
  return follower.waitFor(({ orders }) => {
    const status = orders[orderId];
    return status !== undefined && statuses.includes(status);
  }, NEWS_TIMEOUT_MS);
}
