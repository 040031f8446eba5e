import type { CouponBenefit } from '@souk/protocol/coupon';
import { createId, type MerchantId, type ShowId } from '@souk/protocol/ids';
import type { Clock } from '@souk/runtime/clock';
import { and, eq } from 'drizzle-orm';
import { getMerchant } from '../accounts/merchant-repository.ts';
import type { CouponPins } from '../coupons/pin-coupon.ts';
import type { Executor } from '../db/database.ts';
import { coupons } from '../db/schema/coupons.ts';

export interface DemoCoupons {
  /** Makes the coupons of the demo shop; those that are there already stay as they are. */
  ensure(merchantId: MerchantId): Promise<void>;
  /** Shows the first of them to the viewers of a show. */
  pin(showId: ShowId, merchantId: MerchantId): Promise<void>;
  /** Takes it off. */
  unpin(showId: ShowId): Promise<void>;
}

interface DemoCoupon {
  readonly code: string;
  readonly title: string;
  readonly benefit: CouponBenefit;
  readonly minItemsMinor: number;
}

const PINNED_CODE = 'WELCOME10';
const demoCoupons: readonly DemoCoupon[] = [
  { code: PINNED_CODE, title: 'Welcome', benefit: { kind: 'percent', percent: 10 }, minItemsMinor: 0 },
  {
    code: 'LIGHT5',
    title: 'A little light',
    benefit: { kind: 'amount', amountMinor: 500 },
    minItemsMinor: 3_000,
  },
  { code: 'FREESHIP', title: 'On the house', benefit: { kind: 'free-shipping' }, minItemsMinor: 5_000 },
];
const PER_BUYER_LIMIT = 5;

/** Goes through the use cases of the coupon book's pins, as the host's page would. */
export function createDemoCoupons(deps: {
  readonly orm: Executor;
  readonly couponPins: CouponPins;
  readonly clock: Clock;
}): DemoCoupons {
  const { orm, couponPins, clock } = deps;
  return {
    async ensure(merchantId) {
      const { currency } = await getMerchant(orm, merchantId);
      const createdAt = clock.now();
      const rows = demoCoupons.map((coupon) => ({
        ...coupon,
        ...{ id: createId('coupon'), merchantId, currency, createdAt },
        ...{ perBuyerLimit: PER_BUYER_LIMIT, isEnabled: true },
      }));
      await orm.insert(coupons).values(rows).onConflictDoNothing();
    },
    async pin(showId, merchantId) {
      const [coupon] = await orm
        .select({ id: coupons.id })
        .from(coupons)
        .where(and(eq(coupons.merchantId, merchantId), eq(coupons.code, PINNED_CODE)));
      if (coupon !== undefined) await couponPins.set(showId, { couponId: coupon.id });
    },
    unpin: (showId) => couponPins.clear(showId),
  };
}
