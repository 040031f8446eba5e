import { type Quote, quoteSchema } from '@souk/protocol/http/checkout';
import {
  type CouponId,
  couponIdSchema,
  type OrderId,
  orderIdSchema,
  type QuoteId,
  type UserId,
} from '@souk/protocol/ids';
import { inArray, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Executor } from '../db/database.ts';
import { quotes } from '../db/schema/checkout.ts';

export interface StoredQuote {
  readonly quote: Quote;
  readonly couponId: CouponId | null;
}

export async function saveQuote(
  orm: Executor,
  { quote, couponId }: StoredQuote,
  { buyerId, now }: { readonly buyerId: UserId; readonly now: number },
): Promise<void> {
  const { id, merchantId, expiresAt } = quote;
  await orm.insert(quotes).values({ id, buyerId, merchantId, couponId, quote, createdAt: now, expiresAt });
}

/** What there is when a buyer wants to order: the quote, expired or not, and the order under the same key. */
export interface Standing {
  readonly stored: StoredQuote | undefined;
  readonly earlier: { readonly id: OrderId; readonly requestHash: string } | undefined;
}

const standingRow = z.object({
  quote: quoteSchema.nullable(),
  couponId: couponIdSchema.nullable(),
  orderId: orderIdSchema.nullable(),
  requestHash: z.string().nullable(),
});

/** Both in one round trip; other buyers' quotes and orders do not show. */
export async function readStanding(
  orm: Executor,
  wish: { readonly buyerId: UserId; readonly quoteId: QuoteId; readonly key: string },
): Promise<Standing> {
  const { rows } = await orm.execute(sql`
    select q.quote, q.coupon_id "couponId", o.id "orderId", o.request_hash "requestHash"
    from (select ${wish.buyerId}::text buyer_id) b
    left join quotes q on q.buyer_id = b.buyer_id and q.id = ${wish.quoteId}
    left join orders o on o.buyer_id = b.buyer_id and o.idempotency_key = ${wish.key}`);
  const { quote, couponId, orderId: id, requestHash } = standingRow.parse(rows[0]);
  return {
    stored: quote === null ? undefined : { quote, couponId },
    earlier: id === null || requestHash === null ? undefined : { id, requestHash },
  };
}

const REMOVED_AT_A_TIME = 1_000;

/** Removes quotes that expired before that instant. */
export async function removeQuotes(orm: Executor, expiredBefore: number): Promise<void> {
  const old = orm
    .select({ id: quotes.id })
    .from(quotes)
    .where(lt(quotes.expiresAt, expiredBefore))
    .limit(REMOVED_AT_A_TIME);
  await orm.delete(quotes).where(inArray(quotes.id, old));
}
