import type { Merchant, SellingPolicy } from '@souk/protocol/http/desk';
import type { MerchantId, UserId } from '@souk/protocol/ids';
import type { GuestPolicy } from '@souk/protocol/timeline/entries';
import { AppError } from '@souk/runtime/app-error';
import { asc, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { merchantMembers, merchants } from '../db/schema/accounts.ts';

const columns = {
  id: merchants.id,
  name: merchants.name,
  currency: merchants.currency,
  policy: { guestsMayChat: merchants.guestsMayChat, guestsMayBuy: merchants.guestsMayBuy },
  selling: { couponsOnSalePrices: merchants.couponsOnSalePrices },
};

/** Throws AppError NOT_FOUND. */
export async function getMerchant(orm: Executor, merchantId: MerchantId): Promise<Merchant> {
  const [merchant] = await orm.select(columns).from(merchants).where(eq(merchants.id, merchantId));
  if (merchant === undefined) throw new AppError('NOT_FOUND');
  return merchant;
}

export async function findAllMerchants(orm: Executor): Promise<Merchant[]> {
  return orm.select(columns).from(merchants).orderBy(asc(merchants.name)).limit(1_000);
}

/** The merchants that this person hosts or keeps shop for. */
export async function findMerchantsOf(orm: Executor, userId: UserId): Promise<Merchant[]> {
  const memberships = orm
    .select({ merchantId: merchantMembers.merchantId })
    .from(merchantMembers)
    .where(eq(merchantMembers.userId, userId));
  return orm
    .select(columns)
    .from(merchants)
    .where(inArray(merchants.id, memberships))
    .orderBy(asc(merchants.name));
}

export async function updatePolicy(
  orm: Executor,
  merchantId: MerchantId,
  policy: GuestPolicy,
): Promise<void> {
  await orm.update(merchants).set(policy).where(eq(merchants.id, merchantId));
}

/** Decides how prices and coupons go together. Throws AppError NOT_FOUND. */
export async function setSelling(
  orm: Executor,
  merchantId: MerchantId,
  selling: SellingPolicy,
): Promise<Merchant> {
  await orm.update(merchants).set(selling).where(eq(merchants.id, merchantId));
  return getMerchant(orm, merchantId);
}
