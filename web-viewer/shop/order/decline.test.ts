import type { OrderStatus, PaymentStatus } from '@souk/protocol/states';
import { expect, it } from 'vitest';
import { type Decline, declineOf } from './decline.ts';

const orderOf = (status: OrderStatus, payment: PaymentStatus) => ({
  status,
  payment: { status: payment, handle: null, queue: null, refundedMinor: 0 },
});

it.each<[OrderStatus, PaymentStatus, boolean, Decline]>([
  ['pending_payment', 'requires_confirmation', false, undefined],
  ['pending_payment', 'failed', false, 'open'],
  ['pending_payment', 'requires_confirmation', true, 'open'],
  ['cancelled', 'failed', false, 'final'],
  ['cancelled', 'cancelled', true, 'final'],
  ['cancelled', 'refunded', false, undefined],
  ['paid', 'succeeded', true, undefined],
])(
  'an order that is %s with a payment that is %s (heard of a decline: %s): %s',
  (status, payment, isHeard, decline) => {
    expect(declineOf(orderOf(status, payment), isHeard)).toBe(decline);
  },
);
