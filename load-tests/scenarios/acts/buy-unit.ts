import type { Hold, Order } from '@souk/protocol/http/buying';
import { createId, type OrderId, type SaleId, type ShowId, type VariantId } from '@souk/protocol/ids';
import type { OrderStatus } from '@souk/protocol/states';
import type { ApiClient } from '../../clients/api-client.ts';
import type { Guest } from './gather-crowd.ts';

/** Who speaks to the API, whatever else they are. */
interface Caller {
  readonly api: Pick<ApiClient, 'call'>;
}

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

/** Test cards of the payment sandbox. */
const cards = { paying: '4242 4242 4242 4242', declined: '4000 0000 0000 0002' } as const;
export type Card = keyof typeof cards;

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
  const order = await orderHold(guest, hold);
  const orderMs = performance.now() - orderedAt;

  const confirmedAt = performance.now();
  await payOrder(guest, order, 'paying');
  await hear(guest, order.id, ['paid', 'allocated', 'dispatched']);
  const paidMs = performance.now() - confirmedAt;
  await hear(guest, order.id, ['dispatched']);
  return { outcome: 'dispatched', holdMs, orderMs, paidMs, dispatchedMs: performance.now() - confirmedAt };
}

/** Asks what a hold costs, and orders at that. Throws ApiError. */
export async function orderHold({ api }: Caller, { id }: Hold): Promise<Order> {
  const { quote } = await api.call('quote:create', { body: { holdIds: [id], country: address.country } });
  const { order } = await api.call('order:place', {
    body: { quoteId: quote.id, address, email: 'buyer@example.test' },
    idempotencyKey: createId('command'),
  });
  return order;
}

/** Hands a card in to the sandbox; how the payment went is told over the hub. Throws ApiError. */
export async function payOrder({ api }: Caller, { payment }: Order, card: Card): Promise<void> {
  if (payment.handle?.gateway !== 'sandbox') throw new Error('the order cannot be paid by the sandbox');
  const { paymentId, clientSecret } = payment.handle;
  await api.call('sandbox:confirm', {
    params: { paymentId },
    body: { clientSecret, cardNumber: cards[card] },
  });
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
