import type { ErrorCode } from '@souk/protocol/error-codes';
import { errorTable } from '@souk/protocol/error-codes';
import type { Quote } from '@souk/protocol/http/checkout';
import { createId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { describe, expect, it } from 'vitest';
import type { Api } from '../../api/api-client.ts';
import { ApiError } from '../../api/api-error.ts';
import { askQuote } from './ask-quote.ts';

const holdIds = [createId('hold')];

function quoteOf(totalMinor: number): Quote {
  const currency = currencySchema.parse('EUR');
  const nothing = { discountMinor: 0, shippingMinor: 0, dutiesMinor: 0, taxMinor: 0 };
  return {
    id: createId('quote'),
    merchantId: createId('merchant'),
    holdIds,
    country: 'PT',
    lines: [],
    coupon: null,
    totals: { itemsMinor: totalMinor, ...nothing, totalMinor, currency },
    expiresAt: 900_000,
  };
}

/** An API that refuses every quote with a coupon, and gives the others at that total. */
function apiWith(totalMinor: number, refusal: ErrorCode) {
  const asked: unknown[] = [];
  const call = async (_name: string, { body }: { body: { couponCode?: string } }) => {
    asked.push(body);
    if (body.couponCode !== undefined) throw new ApiError({ code: refusal, ...errorTable[refusal] });
    return { quote: quoteOf(totalMinor), serverTime: 100_000 };
  };
  return { api: { call } as unknown as Api, asked };
}

describe('asking for a quote', () => {
  it('tells how long it is good for by the clock of the server', async () => {
    const { api } = apiWith(500, 'INTERNAL');
    const answer = await askQuote(api, { holdIds, country: 'PT', couponCode: undefined }, undefined);
    expect(answer).toMatchObject({ lifetimeMs: 800_000, couponRefusal: null, changedFromMinor: null });
  });

  it('goes on without a coupon that is refused, and tells why', async () => {
    const { api, asked } = apiWith(500, 'COUPON_USED_UP');
    const answer = await askQuote(api, { holdIds, country: 'PT', couponCode: 'SPRING' }, undefined);
    expect(answer.couponRefusal).toBe('COUPON_USED_UP');
    expect(asked).toEqual([
      { holdIds, country: 'PT', couponCode: 'SPRING' },
      { holdIds, country: 'PT' },
    ]);
  });

  it('does not take another refusal for one of the coupon', async () => {
    const { api } = apiWith(500, 'HOLD_LOST');
    const wish = { holdIds, country: 'PT', couponCode: 'SPRING' };
    await expect(askQuote(api, wish, undefined)).rejects.toMatchObject({ code: 'HOLD_LOST' });
  });

  it('remembers the total before, where that was another', async () => {
    const wish = { holdIds, country: 'PT', couponCode: undefined };
    const first = await askQuote(apiWith(500, 'INTERNAL').api, wish, undefined);
    const same = await askQuote(apiWith(500, 'INTERNAL').api, wish, first);
    const other = await askQuote(apiWith(700, 'INTERNAL').api, wish, same);
    expect([same.changedFromMinor, other.changedFromMinor]).toEqual([null, 500]);
  });
});
