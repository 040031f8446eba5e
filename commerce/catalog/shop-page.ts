import type { HttpResponse } from '@souk/protocol/commands/http-commands';
import type { MerchantId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { eq } from 'drizzle-orm';
import type { Executor } from '../db/database.ts';
import { merchants } from '../db/schema/accounts.ts';
import { listProductCards, type PageWish } from './list-products.ts';

/** A shop and a page of its products, for everybody. Throws AppError MERCHANT_NOT_FOUND. */
export async function getShopPage(
  db: Executor,
  merchantId: MerchantId,
  wish: PageWish,
): Promise<HttpResponse<'shop:get'>> {
  const [[merchant], { items, nextCursor }] = await Promise.all([
    db
      .select({ id: merchants.id, name: merchants.name, currency: merchants.currency })
      .from(merchants)
      .where(eq(merchants.id, merchantId)),
    listProductCards(db, merchantId, wish),
  ]);
  if (merchant === undefined) throw new AppError('MERCHANT_NOT_FOUND');
  return { merchant, products: [...items], nextCursor };
}
