import { createId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import type { OrderStatus, PaymentStatus } from '@souk/protocol/states';
import { describe, expect, it } from 'vitest';
import type { ListedPayment } from '../payment-gateway.ts';
import { type Believed, judgePayment, type Verdict } from './judge-payment.ts';

const currency = currencySchema.parse('EUR');
const paymentId = createId('payment');
const QUIET = 1_000;

const listed = (change: Partial<ListedPayment> = {}): ListedPayment => ({
  ...{ gatewayRef: 'own', paymentId, status: 'succeeded', refundedMinor: 0, createdAt: 0, chargedAt: 500 },
  amount: { amountMinor: 100, currency },
  ...change,
});

interface Belief {
  readonly status?: PaymentStatus;
  readonly order?: OrderStatus;
  readonly ref?: string | null;
  readonly updatedAt?: number;
  readonly succeeded?: number;
  readonly pending?: number;
}

const believed = ({ status = 'succeeded', order = 'paid', ref = 'own', ...rest }: Belief): Believed => ({
  orderStatus: order,
  refunds: { succeededMinor: rest.succeeded ?? 0, pendingMinor: rest.pending ?? 0 },
  payment: {
    ...{ id: paymentId, orderId: createId('order'), gateway: 'sandbox', gatewayRef: ref, clientSecret: null },
    ...{ payee: null, askAt: null, status, amountMinor: 100, currency, refundedMinor: 0, reconciledAt: null },
    ...{ createdAt: 0, updatedAt: rest.updatedAt ?? 500 },
  },
});

const open = { status: 'requires_confirmation', order: 'pending_payment' } as const;

const cases: readonly (readonly [string, Verdict, Partial<ListedPayment>, Belief])[] = [
  ['charged there and here', 'agrees', {}, {}],
  ['charged there, open here', 'paid-not-marked', {}, open],
  ['charged there, expired here', 'paid-not-marked', {}, { status: 'cancelled', order: 'expired' }],
  ['charged there a moment ago', 'too-early', { chargedAt: 1_001 }, open],
  ['charged there, reference not written down', 'paid-not-marked', {}, { ...open, ref: null }],
  ['open there, charged here', 'marked-not-paid', { status: 'requires_confirmation' }, {}],
  ['under way there, charged here', 'too-early', { status: 'processing' }, {}],
  ['open there, charged here a moment ago', 'too-early', { status: 'cancelled' }, { updatedAt: 1_001 }],
  ['another amount', 'amount-differs', { amount: { amountMinor: 101, currency } }, {}],
  [
    'another currency',
    'amount-differs',
    { amount: { amountMinor: 100, currency: currencySchema.parse('USD') } },
    {},
  ],
  ['a refund on its way', 'agrees', { refundedMinor: 40 }, { pending: 40 }],
  ['a refund that nobody here sent', 'refunded-elsewhere', { refundedMinor: 60 }, { succeeded: 40 }],
  ['a refund that was not made', 'refund-missing', { refundedMinor: 0 }, { succeeded: 40 }],
  ['a refund of this moment', 'too-early', { refundedMinor: 0 }, { succeeded: 40, updatedAt: 1_001 }],
  ['a second charge', 'charged-twice', { gatewayRef: 'other' }, {}],
  ['a second charge that is paid back', 'agrees', { gatewayRef: 'other', refundedMinor: 100 }, {}],
  ['a charge of an earlier attempt', 'paid-not-marked', { gatewayRef: 'other' }, open],
  [
    'a second payment that is open',
    'stray',
    { gatewayRef: 'other', status: 'requires_confirmation', chargedAt: undefined },
    {},
  ],
  ['a second payment that is dead', 'agrees', { gatewayRef: 'other', status: 'cancelled' }, {}],
  ['dead there, open here', 'failed-not-marked', { status: 'cancelled', chargedAt: undefined }, open],
  [
    'open there, nobody has its secret',
    'stray',
    { status: 'requires_confirmation' },
    { ...open, order: 'expired', ref: null },
  ],
  ['open there and here', 'agrees', { status: 'requires_confirmation' }, open],
];

describe('a payment', () => {
  it.each(cases)('%s: %s', (_name, verdict, there, here) => {
    expect(judgePayment(listed(there), believed(here), QUIET)).toBe(verdict);
  });
});
