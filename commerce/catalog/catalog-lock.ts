import type { MerchantId, ShowId } from '@souk/protocol/ids';
import type { Currency } from '@souk/protocol/money';
import { AppError } from '@souk/runtime/app-error';
import { eq } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { merchants } from '../db/schema/accounts.ts';
import { shows } from '../db/schema/shows.ts';

/**
 * Lets one change of a merchant's catalogue happen after the other, so that what it was checked against still holds.
 * Taken first; then come shows, variants and stock. Throws AppError MERCHANT_NOT_FOUND.
 */
export async function lockCatalog(tx: Tx, merchantId: MerchantId): Promise<{ currency: Currency }> {
  const [merchant] = await tx
    .select({ currency: merchants.currency })
    .from(merchants)
    .where(eq(merchants.id, merchantId))
    .for('no key update');
  if (merchant === undefined) throw new AppError('MERCHANT_NOT_FOUND');
  return merchant;
}

/**
 * Keeps the catalogue as it is while a line-up is made of it: a change that is under way is waited for, and the next one
 * finds the line-up. Taken before the show is locked.
 */
export async function holdCatalog(tx: Tx, merchantId: MerchantId): Promise<void> {
  await tx.select({ id: merchants.id }).from(merchants).where(eq(merchants.id, merchantId)).for('share');
}

/** The same for the merchant of a show; does nothing when there is no such show. */
export async function holdCatalogOf(tx: Tx, showId: ShowId): Promise<void> {
  const [show] = await tx.select({ merchantId: shows.merchantId }).from(shows).where(eq(shows.id, showId));
  if (show !== undefined) await holdCatalog(tx, show.merchantId);
}
