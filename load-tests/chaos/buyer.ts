import { setTimeout as pause } from 'node:timers/promises';
import type { Hold, Order } from '@souk/protocol/http/buying';
import type { OrderId, SaleId, ShowId, UserId, VariantId } from '@souk/protocol/ids';
import type { ApiClient } from '../clients/api-client.ts';
import { ApiError } from '../clients/api-error.ts';
import { type Card, orderHold, payOrder } from '../scenarios/acts/buy-unit.ts';
import { UnansweredError } from './honest-api.ts';

/** What a buyer means to do with a hold. */
export const intents = [
  'pay',
  'pay-badly',
  'walk-away',
  'release',
  'order-only',
  'cancel',
  'cancel-paid',
] as const;
export type Intent = (typeof intents)[number];

export interface Cart {
  readonly showId: ShowId;
  readonly lines: readonly { variantId: VariantId; saleId: SaleId | null; quantity: number }[];
}

/** What a buyer was told, in the end. */
export interface Experience {
  readonly userId: UserId;
  readonly intent: Intent;
  /** The last definite word: an order status, an error code, or what became of the hold. */
  readonly outcome: string;
  /** Orders that were confirmed to this buyer, with the last status that was shown. */
  readonly orders: readonly { readonly id: OrderId; readonly status: Order['status'] }[];
  /** True when a command never got an answer. */
  readonly isUnanswered: boolean;
}

export interface BuyerOptions {
  readonly userId: UserId;
  readonly api: Pick<ApiClient, 'call' | 'answer'>;
  readonly intent: Intent;
  readonly cart: Cart;
  /** Aborted when the buyer gives up. */
  readonly signal: AbortSignal;
}

/** A hold that is gone through no fault of its owner is taken anew this often. */
const MAX_TRIES = 3;
const LOOK_EVERY_MS = 250;
/** Refusals after which an honest buyer begins again with a new hold. */
const gone: ReadonlySet<string> = new Set(['HOLD_LOST', 'HOLD_EXPIRED', 'HOLD_NOT_FOUND', 'QUOTE_EXPIRED']);

/** Buys as meant, and tells how it went. Rejects only for what no answer explains. */
export async function shop(options: BuyerOptions): Promise<Experience> {
  const orders = new Map<OrderId, Order['status']>();
  const finish = (outcome: string, isUnanswered = false): Experience => ({
    userId: options.userId,
    intent: options.intent,
    outcome,
    orders: [...orders].map(([id, status]) => ({ id, status })),
    isUnanswered,
  });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return finish(await buyOnce(options, orders));
    } catch (error) {
      if (error instanceof UnansweredError) return finish(`unanswered ${error.message}`, true);
      if (!(error instanceof ApiError)) throw error;
      if (!gone.has(error.code) || attempt === MAX_TRIES) return finish(error.code);
    }
  }
}

async function buyOnce(options: BuyerOptions, orders: Map<OrderId, Order['status']>): Promise<string> {
  const { api, intent, cart } = options;
  const { hold } = await api.call('hold:take', {
    params: { showId: cart.showId },
    body: { lines: [...cart.lines] },
  });
  if (intent === 'walk-away') return 'left a hold';
  if (intent === 'release') return release(options, hold);
  const order = await orderHold({ api }, hold);
  orders.set(order.id, order.status);
  const see = ({ id, status }: Order): string => {
    orders.set(id, status);
    return status;
  };
  if (intent === 'order-only') return 'left an order';
  if (intent === 'cancel') return see(await cancel(options, order));
  if (intent === 'pay-badly') await handIn(options, order, 'declined');
  const paid = await payAndWait(options, order);
  if (intent !== 'cancel-paid' || paid.status !== 'paid') return see(paid);
  return see(await cancel(options, paid));
}

async function release({ api }: BuyerOptions, hold: Hold): Promise<string> {
  await api.call('hold:release', { params: { holdId: hold.id } });
  return 'released';
}

/** A cancellation that got through although its answer was lost is refused the second time; the order tells. */
async function cancel({ api }: BuyerOptions, { id }: Order): Promise<Order> {
  const params = { orderId: id };
  const answer = await api.answer('order:cancel', { params });
  if (!answer.ok && answer.error.code !== 'INVALID_TRANSITION')
    throw new ApiError('order:cancel', answer.error);
  return answer.ok ? answer.data.order : (await api.call('order:get', { params })).order;
}

/** Codes that say that the card was handed in before, or too late; what became of it, the order tells. */
const settledElsewhere: ReadonlySet<string> = new Set([
  'PAYMENT_IN_PROGRESS',
  'ORDER_ALREADY_PAID',
  'INVALID_TRANSITION',
]);

async function handIn({ api }: BuyerOptions, order: Order, card: Card): Promise<void> {
  if (order.status !== 'pending_payment') return;
  await payOrder({ api }, order, card).catch((error: unknown) => {
    if (!(error instanceof ApiError) || !settledElsewhere.has(error.code)) throw error;
  });
}

async function payAndWait(options: BuyerOptions, order: Order): Promise<Order> {
  const { api, signal } = options;
  await handIn(options, order, 'paying');
  for (;;) {
    const { order: now } = await api.call('order:get', { params: { orderId: order.id } });
    if (now.status !== 'pending_payment') return now;
    await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => {
      throw new UnansweredError('payment');
    });
  }
}
