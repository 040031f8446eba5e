import type { CouponId, ShowId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { boundInstant } from '../shows/pin-product.ts';
import { lockOpenShow, lockShow, updateShow } from '../shows/show-repository.ts';
import { findMerchantsCoupon, listPinnedCoupons, toCouponCard } from './coupon-repository.ts';
import { findCouponProblem, isCouponUsable } from './coupon-rules.ts';

export interface CouponPins {
  /**
   * Shows a coupon of the show's own shop to its viewers; one that was pinned before makes room. `at`: the instant that
   * the host meant. Throws AppError SHOW_NOT_FOUND, SHOW_ENDED, COUPON_NOT_FOUND, COUPON_NOT_VALID, COUPON_USED_UP.
   */
  set(showId: ShowId, pin: { couponId: CouponId; at?: number | undefined }): Promise<void>;
  /** Does nothing when no coupon is pinned. `at` as with `set`. Throws AppError SHOW_NOT_FOUND, SHOW_ENDED. */
  clear(showId: ShowId, at?: number): Promise<void>;
  /** Takes pinned coupons off that cannot be used any more: their window is over, or they are used up. */
  sweep(): Promise<void>;
}

export interface CouponPinsDeps {
  readonly db: Database;
  readonly outbox: Outbox;
  readonly clock: Clock;
}

export function createCouponPins({ db, outbox, clock }: CouponPinsDeps): CouponPins {
  const unpinIfOver = (showId: ShowId, couponId: CouponId): Promise<void> =>
    inTransaction(db, async (tx) => {
      const { merchantId, pinnedCouponId, status } = await lockShow(tx, showId);
      if (pinnedCouponId !== couponId || status === 'ended') return;
      const coupon = await findMerchantsCoupon(tx, merchantId, couponId);
      if (coupon !== undefined && isCouponUsable(coupon, clock.now())) return;
      await writeUnpin(outbox, tx, { showId, couponId, at: clock.now() });
    });
  return {
    set: (showId, { couponId, at }) =>
      inTransaction(db, async (tx) => {
        const { merchantId } = await lockOpenShow(tx, showId);
        const coupon = await findMerchantsCoupon(tx, merchantId, couponId);
        if (coupon === undefined) throw new AppError('COUPON_NOT_FOUND');
        const now = clock.now();
        const problem = findCouponProblem(coupon, now);
        if (problem !== undefined) throw new AppError(problem);
        await updateShow(tx, showId, { pinnedCouponId: couponId });
        const entry = createEntry('coupon:pinned', boundInstant(at, now), toCouponCard(coupon));
        await outbox.publish(tx, { kind: 'timeline', showId, entry });
      }),
    clear: (showId, at) =>
      inTransaction(db, async (tx) => {
        const { pinnedCouponId } = await lockOpenShow(tx, showId);
        if (pinnedCouponId === null) return;
        await writeUnpin(outbox, tx, {
          showId,
          couponId: pinnedCouponId,
          at: boundInstant(at, clock.now()),
        });
      }),
    async sweep() {
      const now = clock.now();
      for (const { showId, coupon } of await listPinnedCoupons(db.orm))
        if (!isCouponUsable(coupon, now)) await unpinIfOver(showId, coupon.id);
    },
  };
}

/** Takes the coupon off inside a transaction that has the show's row locked. */
export async function writeUnpin(
  outbox: Outbox,
  tx: Tx,
  { showId, couponId, at }: { readonly showId: ShowId; readonly couponId: CouponId; readonly at: number },
): Promise<void> {
  await updateShow(tx, showId, { pinnedCouponId: null });
  const entry = createEntry('coupon:unpinned', at, { couponId });
  await outbox.publish(tx, { kind: 'timeline', showId, entry });
}
