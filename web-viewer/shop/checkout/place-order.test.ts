import { type ErrorCode, errorTable } from '@souk/protocol/error-codes';
import type { Order } from '@souk/protocol/http/buying';
import type { Quote } from '@souk/protocol/http/checkout';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../api/api-error.ts';
import { placeOrder } from './place-order.ts';

const quoteOf = (id: string, totalMinor: number) => ({ id, totals: { totalMinor } }) as unknown as Quote;
const order = { id: 'ord' } as unknown as Order;

/** Refuses the first quote with that code, and gives the second in its place. */
function steps(refusal: ErrorCode, second: Quote) {
  const placed: string[] = [];
  const place = async (quote: Quote) => {
    placed.push(quote.id);
    if (quote.id !== second.id) throw new ApiError({ code: refusal, ...errorTable[refusal] });
    return order;
  };
  const answer = { quote: second, lifetimeMs: 1, couponRefusal: null, changedFromMinor: null };
  return { placed, place, renew: async () => answer };
}

describe('placing an order by a quote that has expired', () => {
  it('takes a new one by itself when the total is the same', async () => {
    const at = steps('QUOTE_EXPIRED', quoteOf('second', 500));
    expect(await placeOrder(quoteOf('first', 500), at)).toBe(order);
    expect(at.placed).toEqual(['first', 'second']);
  });

  it('orders nothing at another total: that is shown first', async () => {
    const at = steps('QUOTE_EXPIRED', quoteOf('second', 700));
    expect(await placeOrder(quoteOf('first', 500), at)).toBeNull();
    expect(at.placed).toEqual(['first']);
  });

  it('leaves other refusals as they are', async () => {
    const at = steps('HOLD_LOST', quoteOf('second', 500));
    await expect(placeOrder(quoteOf('first', 500), at)).rejects.toMatchObject({ code: 'HOLD_LOST' });
    expect(at.placed).toEqual(['first']);
  });
});
