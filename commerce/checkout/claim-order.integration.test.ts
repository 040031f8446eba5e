import { createId, type OrderId, type SaleId, type ShowId, type VariantId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { count, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlStateOf } from '../db/database.ts';
import { coupons } from '../db/schema/coupons.ts';
import { orders } from '../db/schema/orders.ts';
import { sales } from '../db/schema/sales.ts';
import { giveUnitsBack } from '../orders/give-units-back.ts';
import { lockOrder } from '../orders/order-repository.ts';
import { testAddress } from '../testing/test-address.ts';
import { startTestTrade, type TestTrade } from '../testing/test-trade.ts';
import { claimOrder } from './claim-order.ts';
import { type OrderClaim, toClaimStatement } from './claim-statement.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(() => house.stop());

type ClaimLine = Pick<OrderClaim['holds'][number]['lines'][number], 'variantId' | 'saleId' | 'parts'>;
type Coupon = typeof coupons.$inferSelect;

const currency = currencySchema.parse('EUR');
const DISCOUNT_MINOR = 100;

/** A claim of one unit per line, as if Redis had given a hold for it. */
const claimOf = (
  showId: ShowId,
  lines: readonly ClaimLine[],
  { userId = createId('guest'), coupon }: { userId?: OrderClaim['buyer']['userId']; coupon?: Coupon } = {},
): OrderClaim => {
  const texts = { title: 'Lamp', variantLabel: '', pictureUrl: '/lamp.svg' };
  const hold = {
    ...{ id: createId('hold'), merchantId: house.shop.merchantId, showId, currency },
    status: 'active',
    expiresAt: 0,
    lines: lines.map((line) => ({
      ...{ ...line, ...texts, productId: createId('product') },
      ...{ quantity: 1, unitPriceMinor: 1_900 },
    })),
  } as const;
  const itemsMinor = 1_900 * lines.length;
  const discountMinor = coupon === undefined ? 0 : DISCOUNT_MINOR;
  const none = { shippingMinor: 0, dutiesMinor: 0, taxMinor: 0 };
  const totals = { ...none, itemsMinor, discountMinor, totalMinor: itemsMinor - discountMinor, currency };
  const told = coupon === undefined ? null : { code: coupon.code, title: coupon.title, discountMinor };
  return {
    orderId: createId('order'),
    buyer: { userId, name: 'Buyer' },
    email: undefined,
    holds: [hold],
    quote: { id: createId('quote'), coupon: told, totals },
    couponId: coupon?.id ?? null,
    address: testAddress,
    gateway: 'sandbox',
    idempotencyKey: createId('command'),
    requestHash: 'hash',
    payBefore: Date.now() + 600_000,
    now: Date.now(),
  };
};

const addCoupon = async (terms: Partial<Coupon> = {}): Promise<Coupon> => {
  const { orm } = house.commerce.foundation.db;
  const row = {
    ...{ id: createId('coupon'), merchantId: house.shop.merchantId, code: createId('command').toUpperCase() },
    benefit: { kind: 'amount', amountMinor: DISCOUNT_MINOR },
    ...{ title: 'Test', currency },
    ...{ perBuyerLimit: 1, minItemsMinor: 0, isEnabled: true, createdAt: Date.now(), ...terms },
  } as const;
  const [coupon] = await orm.insert(coupons).values(row).returning();
  if (coupon === undefined) throw new Error('no coupon was written');
  return coupon;
};

const bookOf = async ({ id }: Coupon) => {
  const { pool } = house.commerce.foundation.db;
  const { rows } = await pool.query(
    `select c.spent_minor::int spent, c.redemptions,
       (select count(*)::int from coupon_redemptions r where r.coupon_id = c.id and not r.is_returned) standing,
       (select coalesce(sum(redemptions), 0)::int from coupon_buyers b where b.coupon_id = c.id) "ofBuyers"
     from coupons c where id = $1`,
    [id],
  );
  return rows[0];
};

/** Claims all at once, not trying again what runs into a deadlock; gives back the codes. */
const claimAll = async (claims: readonly OrderClaim[]): Promise<string[]> => {
  const { pool } = house.commerce.foundation.db;
  const outcomes = await Promise.allSettled(claims.map((claim) => pool.query(toClaimStatement(claim))));
  return outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'OK' : codeOf(outcome.reason)));
};

const codeOf = (error: unknown): string =>
  error instanceof Error && sqlStateOf(error) === 'SK001' ? error.message : String(error);
const tally = (codes: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};
const times = <Item>(length: number, make: (turn: number) => Item): Item[] =>
  Array.from({ length }, (_, turn) => make(turn));

describe('the claim', () => {
  it('cannot sell more than there is, nor more to one buyer than the limit, without any help of Redis', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 5 });
    const greedy = createId('guest');
    const claims = times(40, (turn) =>
      claimOf(showId, [{ variantId, saleId }], turn % 4 === 0 ? { userId: greedy } : {}),
    );
    expect(tally(await claimAll(claims))).toEqual({ OK: 5, HOLD_LOST: 35 });
    const { orm } = house.commerce.foundation.db;
    const [sale] = await orm.select().from(sales).where(eq(sales.id, saleId));
    expect(sale).toMatchObject({ claimed: 5, returned: 0 });
    const [ofGreedy] = await orm.select({ orders: count() }).from(orders).where(eq(orders.buyerId, greedy));
    expect(ofGreedy?.orders).toBeLessThanOrEqual(1);
    expect(await house.stockOf(variantId)).toMatchObject({ allocated: 0 });
  });

  it('sells no more of a sale than its total limit, and tells Redis of no more', async () => {
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: 5 });
    const { db } = house.commerce.foundation;
    await db.orm.update(sales).set({ totalLimit: 2 }).where(eq(sales.id, saleId));
    const sync = await claimOrder(db, claimOf(showId, [{ variantId, saleId }]));
    expect(sync.pools).toContainEqual(expect.objectContaining({ id: saleId, supply: 1 }));
    const rest = times(5, () => claimOf(showId, [{ variantId, saleId }]));
    expect(tally(await claimAll(rest))).toEqual({ OK: 1, HOLD_LOST: 4 });
  });

  it('never runs into a deadlock, in whatever order the carts name their variants', async () => {
    const { showId, variantId, otherVariantId } = await house.goLive();
    const there = [variantId, otherVariantId].map((id) => ({ variantId: id, saleId: null }));
    const claims = times(40, (turn) => claimOf(showId, turn % 2 ? there : there.toReversed()));
    expect(tally(await claimAll(claims))).toEqual({ OK: 20, HOLD_LOST: 20 });
    expect(await house.stockOf(variantId)).toMatchObject({ reserved: 20, available: 0 });
    expect(await house.stockOf(otherVariantId)).toMatchObject({ reserved: 20, available: 0 });
  });

  it('takes the parts of a bundle off the shelves, also next to a part by itself', async () => {
    const { showId, variantId, otherVariantId } = await house.goLive();
    const parts = [
      { variantId, quantity: 1 },
      { variantId: otherVariantId, quantity: 3 },
    ];
    const cart = [
      { variantId, saleId: null, parts },
      { variantId: otherVariantId, saleId: null },
    ];
    const claims = times(10, () => claimOf(showId, cart));
    // Twenty units, four of them with each cart.
    expect(tally(await claimAll(claims))).toEqual({ OK: 5, HOLD_LOST: 5 });
    expect(await house.stockOf(variantId)).toMatchObject({ reserved: 5 });
    expect(await house.stockOf(otherVariantId)).toMatchObject({ reserved: 20, available: 0 });
  });
});

describe('a coupon in the claim', () => {
  const refusals: readonly (readonly [string, string, Partial<Coupon>])[] = [
    ['switched off', 'COUPON_NOT_VALID', { isEnabled: false }],
    ['to come', 'COUPON_NOT_VALID', { startsAt: Date.now() + 3_600_000 }],
    ['over', 'COUPON_NOT_VALID', { endsAt: Date.now() - 1_000 }],
    ['used often enough', 'COUPON_USED_UP', { maxRedemptions: 3, redemptions: 3 }],
    ['short of money', 'COUPON_USED_UP', { budgetMinor: 299, spentMinor: 200 }],
  ];

  it.each(refusals)('that is %s refuses the claim as %s, and nothing is written', async (_, code, terms) => {
    const { showId, variantId } = await house.goLive();
    const claim = claimOf(showId, [{ variantId, saleId: null }], { coupon: await addCoupon(terms) });
    const { db } = house.commerce.foundation;
    await expect(claimOrder(db, claim)).rejects.toMatchObject({ code });
    expect(await db.orm.select().from(orders).where(eq(orders.id, claim.orderId))).toEqual([]);
    expect(await house.stockOf(variantId)).toMatchObject({ reserved: 0, available: 20 });
  });

  it('never takes off more than its budget, however many want it at once', async () => {
    const { showId, variantId } = await house.goLive();
    const coupon = await addCoupon({ budgetMinor: 550 });
    const claims = times(15, () => claimOf(showId, [{ variantId, saleId: null }], { coupon }));
    expect(tally(await claimAll(claims))).toEqual({ OK: 5, COUPON_USED_UP: 10 });
    expect(await bookOf(coupon)).toEqual({ spent: 500, redemptions: 5, standing: 5, ofBuyers: 5 });
    expect(await house.stockOf(variantId)).toMatchObject({ reserved: 5 });
  });

  it('is used by one buyer no more often than the limit', async () => {
    const { showId, variantId } = await house.goLive();
    const coupon = await addCoupon({ perBuyerLimit: 2 });
    const userId = createId('guest');
    const claims = times(6, () => claimOf(showId, [{ variantId, saleId: null }], { userId, coupon }));
    expect(tally(await claimAll(claims))).toEqual({ OK: 2, COUPON_LIMIT_REACHED: 4 });
    expect(await bookOf(coupon)).toEqual({ spent: 200, redemptions: 2, standing: 2, ofBuyers: 2 });
  });
});

/** Gives an order's units and coupon back, not trying again what runs into a deadlock. */
const giveBack = (orderId: OrderId): Promise<void> =>
  house.commerce.foundation.db.orm.transaction(async (tx) =>
    giveUnitsBack(tx, await lockOrder(tx, orderId), {
      ...{ now: Date.now(), reason: 'test' },
      from: 'pending_payment',
    }),
  );

describe('claims and their undoing', () => {
  it('never run into a deadlock, with sales, bundles and coupons in any order, and keep count', async () => {
    const { showId, variantId, otherVariantId } = await house.goLive();
    const saleOf = (id: VariantId): Promise<SaleId> =>
      house.startSale(showId, id, { units: 6, perBuyerLimit: 20 });
    const lines: ClaimLine[] = [
      { variantId, saleId: await saleOf(variantId) },
      { variantId: otherVariantId, saleId: await saleOf(otherVariantId) },
      {
        ...{ variantId, saleId: null },
        parts: [
          { variantId: otherVariantId, quantity: 1 },
          { variantId, quantity: 1 },
        ],
      },
    ];
    const given = [await addCoupon({ perBuyerLimit: 50 }), await addCoupon({ perBuyerLimit: 50 })];
    const userId = createId('guest');
    const { pool } = house.commerce.foundation.db;
    const claimAndUndo = async (turn: number): Promise<string> => {
      const cart = turn % 2 ? lines : lines.toReversed();
      const coupon = given[turn % 2];
      const who = turn % 3 ? { userId } : {};
      const claim = claimOf(showId, cart, coupon === undefined ? who : { ...who, coupon });
      try {
        await pool.query(toClaimStatement(claim));
        if (turn % 4) await giveBack(claim.orderId);
        return 'OK';
      } catch (error) {
        return codeOf(error);
      }
    };
    const codes: string[] = [];
    await Promise.all(
      times(12, async (lane) => {
        for (let turn = lane; turn < 60; turn += 12) codes.push(await claimAndUndo(turn));
      }),
    );
    const { OK: claimed = 0, HOLD_LOST: lost = 0, ...others } = tally(codes);
    expect(others).toEqual({});
    expect(claimed).toBeGreaterThanOrEqual(6);
    expect(claimed + lost).toBe(60);
    const { rows } = await pool.query(
      `select (select count(*)::int from orders where not units_returned and show_id = $1) standing,
         (select sum(claimed)::int from sales where show_id = $1) claimed,
         (select sum(b.units)::int from sale_buyers b join sales s on s.id = b.sale_id where s.show_id = $1) bought`,
      [showId],
    );
    const { standing, ...ofSales } = rows[0];
    expect(ofSales).toEqual({ claimed: standing * 2, bought: standing * 2 });
    expect(await house.stockOf(variantId)).toMatchObject({ reserved: standing * 2, allocated: 6 - standing });
    const books = await Promise.all(given.map(bookOf));
    expect(books.reduce((sum, book) => sum + book.redemptions, 0)).toBe(standing);
    for (const { spent, redemptions, ...counts } of books) {
      expect(spent).toBe(redemptions * DISCOUNT_MINOR);
      expect(counts).toEqual({ standing: redemptions, ofBuyers: redemptions });
    }
  });
});
