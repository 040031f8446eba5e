import type { Order } from '@souk/protocol/http/buying';
import type { OrderStatus } from '@souk/protocol/states';
import { describe, expect, it } from 'vitest';
import { mayCancel, refundOf, wasPaid } from './refund-state.ts';

const payment = (more: Partial<Order['payment']> = {}): Order['payment'] => ({
  status: 'succeeded',
  handle: null,
  queue: null,
  refundedMinor: 0,
  ...more,
});

it('tells a part that went back from all of it', () => {
  const totals = { totalMinor: 500 } as Order['totals'];
  const refunds = [0, 499, 500].map((refundedMinor) =>
    refundOf({ totals, payment: payment({ refundedMinor }) }),
  );
  expect(refunds).toEqual(['none', 'part', 'all']);
});

it('has a receipt for what was paid, also after it was paid back', () => {
  expect(wasPaid({ payment: payment({ status: 'refunded' }) })).toBe(true);
  expect(wasPaid({ payment: payment({ status: 'failed' }) })).toBe(false);
});

describe('cancelling', () => {
  it.each<[OrderStatus, boolean]>([
    ['pending_payment', true],
    ['paid', true],
    ['allocated', true],
    ['dispatched', false],
    ['delivered', false],
    ['cancelled', false],
  ])('of an order that is %s: %s', (status, isOffered) => {
    expect(mayCancel({ status, payment: payment() })).toBe(isOffered);
  });

  it('waits for the bank', () => {
    const atBank = payment({ status: 'processing' });
    expect(mayCancel({ status: 'pending_payment', payment: atBank })).toBe(false);
  });
});
