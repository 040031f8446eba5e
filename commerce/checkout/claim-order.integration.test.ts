import { createId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../db/database.ts';
import { orders } from '../db/schema/orders.ts';
import { sales } from '../db/schema/trade.ts';
import { testAddress } from '../testing/test-address.ts';
import { startTestTrade, type TestTrade } from '../testing/test-trade.ts';
import { claimOrder, type OrderClaim } from './claim-order.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(() => house.stop());

describe('the claim', () => {
  it('cannot sell more than there is, without any help of Redis', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 5 });
    const { db } = house.commerce.foundation;
    const currency = currencySchema.parse('EUR');
    const [sale] = await db.orm.select().from(sales).where(eq(sales.id, saleId));
    const claimOf = (buyer: string): OrderClaim => {
      const holdId = createId('hold');
      const line = {
        variantId,
        productId: sale?.productId ?? createId('product'),
        title: 'Lamp',
        variantLabel: '',
        pictureUrl: '/x.svg',
        saleId,
        quantity: 1,
        unitPriceMinor: 1_900,
      };
      const hold = {
        id: holdId,
        merchantId: house.shop.merchantId,
        showId,
        currency,
        status: 'active',
        expiresAt: 0,
      } as const;
      return {
        orderId: createId('order'),
        buyer: { userId: buyer as OrderClaim['buyer']['userId'], name: 'Buyer' },
        email: undefined,
        holds: [{ ...hold, lines: [line] }],
        holdIds: [holdId],
        totals: { itemsMinor: 1_900, shippingMinor: 0, taxMinor: 0, totalMinor: 1_900, currency },
        address: testAddress,
        gateway: 'sandbox',
        idempotencyKey: createId('command'),
        requestHash: 'hash',
        payBefore: Date.now() + 600_000,
        now: Date.now(),
      };
    };
    const greedy = createId('guest');
    const buyers = [
      ...Array.from({ length: 30 }, () => createId('guest')),
      ...Array.from({ length: 10 }, () => greedy),
    ];
    const outcomes = await Promise.allSettled(
      buyers.map((buyer) => inTransaction(db, (tx) => claimOrder(tx, claimOf(buyer)))),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    const [after] = await db.orm.select().from(sales).where(eq(sales.id, saleId));
    expect(after).toMatchObject({ claimed: 5, returned: 0 });
    const [ofGreedy] = await db.orm
      .select({ orders: count() })
      .from(orders)
      .where(eq(orders.buyerId, greedy));
    expect(ofGreedy?.orders).toBeLessThanOrEqual(1);
    expect(await house.stockOf(variantId)).toMatchObject({ allocated: 0 });
  });
});
