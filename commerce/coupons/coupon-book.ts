import type { Coupon, CouponDraft } from '@souk/protocol/http/coupons';
import { type CouponId, createId, type MerchantId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { eq, max } from 'drizzle-orm';
import { getMerchant } from '../accounts/merchant-repository.ts';
import { type Database, inTransaction, isUniqueViolation, type Tx } from '../db/database.ts';
import { couponBuyers, coupons } from '../db/schema/coupons.ts';
import type { Outbox } from '../outbox/outbox.ts';
import {
  type CouponRow,
  findMerchantsCoupon,
  listCoupons,
  lockShowsThatPin,
  toCouponCard,
} from './coupon-repository.ts';
import { isCouponUsable } from './coupon-rules.ts';
import { writeUnpin } from './pin-coupon.ts';

/** What may be changed of a coupon that exists. */
export type CouponChange = Omit<CouponDraft, 'code' | 'benefit'>;

export interface CouponBook {
  /** The newest first. */
  list(merchantId: MerchantId): Promise<Coupon[]>;
  /** Amounts are in the shop's currency. Throws AppError INVALID_INPUT, COUPON_CODE_TAKEN, MERCHANT_NOT_FOUND. */
  create(merchantId: MerchantId, draft: CouponDraft): Promise<Coupon>;
  /**
   * Replaces the terms; its bounds cannot go below what was used already. Shows that have it pinned are told of the new ones, or take it off when it cannot be used any
   * more. Throws AppError INVALID_INPUT, COUPON_NOT_FOUND.
   */
  update(merchantId: MerchantId, couponId: CouponId, change: CouponChange): Promise<Coupon>;
}

export interface CouponDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly clock: Clock;
}

/** The coupons of the shops. How far they are used, checkout writes. */
export function createCouponBook(deps: CouponDeps): CouponBook {
  const { db, clock } = deps;
  return {
    list: (merchantId) => listCoupons(db.orm, merchantId),
    async create(merchantId, draft) {
      assertWindow(draft);
      const { currency } = await getMerchant(db.orm, merchantId);
      const id = createId('coupon');
      const row = { ...draft, id, merchantId, currency, createdAt: clock.now() };
      const [coupon] = await db.orm.insert(coupons).values(row).returning().catch(explain);
      if (coupon === undefined) throw new AppError('COUPON_NOT_FOUND');
      return coupon;
    },
    update(merchantId, couponId, change) {
      assertWindow(change);
      return inTransaction(db, async (tx) => {
        if ((await findMerchantsCoupon(tx, merchantId, couponId)) === undefined)
          throw new AppError('COUPON_NOT_FOUND');
        const [coupon] = await tx.update(coupons).set(change).where(eq(coupons.id, couponId)).returning();
        if (coupon === undefined) throw new AppError('COUPON_NOT_FOUND');
        await assertNotBelowUse(tx, coupon);
        await tellShows(deps, tx, coupon);
        return coupon;
      });
    },
  };
}

function assertWindow({ startsAt, endsAt }: Pick<CouponDraft, 'startsAt' | 'endsAt'>): void {
  if (startsAt === null || endsAt === null || endsAt > startsAt) return;
  throw new AppError('INVALID_INPUT', {
    issues: [{ path: 'body.endsAt', message: 'The end comes after the beginning.' }],
  });
}

/** The row is locked by then, and so is every order that wants to use the coupon. */
async function assertNotBelowUse(tx: Tx, coupon: CouponRow): Promise<void> {
  const [buyers] = await tx
    .select({ most: max(couponBuyers.redemptions) })
    .from(couponBuyers)
    .where(eq(couponBuyers.couponId, coupon.id));
  const faults = [
    { field: 'budgetMinor', bound: coupon.budgetMinor, used: coupon.spentMinor },
    { field: 'maxRedemptions', bound: coupon.maxRedemptions, used: coupon.redemptions },
    { field: 'perBuyerLimit', bound: coupon.perBuyerLimit, used: buyers?.most ?? 0 },
  ].filter(({ bound, used }) => bound !== null && bound < used);
  if (faults.length === 0) return;
  throw new AppError('INVALID_INPUT', {
    issues: faults.map(({ field, used }) => ({
      path: `body.${field}`,
      message: `At least ${used}: so much is used already. Switch the coupon off to end it.`,
    })),
  });
}

function explain(error: unknown): never {
  if (isUniqueViolation(error)) throw new AppError('COUPON_CODE_TAKEN', { cause: error });
  throw error;
}

async function tellShows({ outbox, clock }: CouponDeps, tx: Tx, coupon: CouponRow): Promise<void> {
  const now = clock.now();
  for (const showId of await lockShowsThatPin(tx, coupon.id)) {
    if (isCouponUsable(coupon, now)) {
      const entry = createEntry('coupon:pinned', now, toCouponCard(coupon));
      await outbox.publish(tx, { kind: 'timeline', showId, entry });
    } else {
      await writeUnpin(outbox, tx, { showId, couponId: coupon.id, at: clock.now() });
    }
  }
}
