import { couponCodeSchema } from '@souk/protocol/coupon';
import { currencySchema } from '@souk/protocol/money';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../api/api-error.ts';
import {
  type CouponForm,
  emptyCouponForm,
  generateCode,
  readCouponForm,
  refusedCouponFields,
} from './coupon-form.ts';

const euro = currencySchema.parse('EUR');
const form = (change: Partial<CouponForm>): CouponForm => ({
  ...emptyCouponForm,
  code: 'autumn10',
  ...change,
});

describe('the form of a coupon', () => {
  it('reads an almost empty form as a coupon without bounds', () => {
    expect(readCouponForm(form({}), euro)).toEqual({
      kind: 'draft',
      draft: {
        code: 'AUTUMN10',
        title: '',
        benefit: { kind: 'percent', percent: 10 },
        budgetMinor: null,
        maxRedemptions: null,
        perBuyerLimit: 1,
        minItemsMinor: 0,
        startsAt: null,
        endsAt: null,
        isEnabled: true,
      },
    });
  });

  it('reads amounts in the currency of the shop, and times in the zone of the reader', () => {
    const read = readCouponForm(
      form({
        kind: 'amount',
        amount: '7,50',
        budget: '500',
        minItems: '20',
        maxRedemptions: '100',
        endsAt: '2026-12-24T18:00',
      }),
      euro,
    );
    expect(read).toMatchObject({
      kind: 'draft',
      draft: {
        benefit: { kind: 'amount', amountMinor: 750 },
        budgetMinor: 50_000,
        minItemsMinor: 2_000,
        maxRedemptions: 100,
        endsAt: new Date(2026, 11, 24, 18).getTime(),
      },
    });
  });

  it.each([
    [{ code: 'a b' }, 'code', 'code'],
    [{ percent: '101' }, 'benefit.percent', 'percent'],
    [{ percent: '7.5' }, 'benefit.percent', 'percent'],
    [{ kind: 'amount', amount: '0' }, 'benefit.amountMinor', 'amount'],
    [{ kind: 'amount', amount: 'much' }, 'benefit.amountMinor', 'amount'],
    [{ budget: '1.234' }, 'budgetMinor', 'amount'],
    [{ maxRedemptions: '-1' }, 'maxRedemptions', 'count'],
    [{ perBuyerLimit: '' }, 'perBuyerLimit', 'count'],
    [{ startsAt: 'soon' }, 'startsAt', 'time'],
    [{ startsAt: '2026-12-24T18:00', endsAt: '2026-12-24T17:00' }, 'endsAt', 'window'],
  ] as const)('says at the field what is wrong with %j', (change, field, fault) => {
    expect(readCouponForm(form(change), euro)).toEqual({ kind: 'faults', faults: { [field]: fault } });
  });

  it('takes a refused code as a fault of its field', () => {
    const error = new ApiError({ code: 'COUPON_CODE_TAKEN', message: '', retryable: false });
    expect(refusedCouponFields(error)).toEqual({ code: 'codeTaken' });
  });
});

describe('a code that is made for a coupon', () => {
  it('is one that the server takes, and another one each time', () => {
    const codes = Array.from({ length: 50 }, generateCode);
    expect(codes.map((code) => couponCodeSchema.parse(code))).toEqual(codes);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
