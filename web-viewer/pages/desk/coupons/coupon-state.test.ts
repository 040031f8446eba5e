import type { Coupon } from '@souk/protocol/http/coupons';
import { createId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { describe, expect, it } from 'vitest';
import { couponState } from './coupon-state.ts';

const NOW = 1_000;
const coupon = (change: Partial<Coupon>): Coupon => ({
  id: createId('coupon'),
  merchantId: createId('merchant'),
  code: 'AUTUMN',
  title: '',
  benefit: { kind: 'percent', percent: 10 },
  currency: currencySchema.parse('EUR'),
  budgetMinor: null,
  spentMinor: 0,
  maxRedemptions: null,
  redemptions: 0,
  perBuyerLimit: 1,
  minItemsMinor: 0,
  startsAt: null,
  endsAt: null,
  isEnabled: true,
  createdAt: 0,
  ...change,
});

describe('the state of a coupon', () => {
  it.each([
    ['active', {}],
    ['active', { startsAt: NOW, endsAt: NOW + 1 }],
    ['active', { maxRedemptions: 2, redemptions: 1, budgetMinor: 100, spentMinor: 99 }],
    ['scheduled', { startsAt: NOW + 1 }],
    ['over', { endsAt: NOW }],
    ['used-up', { maxRedemptions: 2, redemptions: 2 }],
    ['used-up', { budgetMinor: 100, spentMinor: 100 }],
    ['over', { endsAt: NOW, maxRedemptions: 1, redemptions: 1 }],
    ['off', { isEnabled: false, endsAt: NOW }],
  ] as const)('is %s for %j', (state, change) => {
    expect(couponState(coupon(change), NOW)).toBe(state);
  });
});
