import type { MerchantId } from '@souk/protocol/ids';
import type { Currency } from '@souk/protocol/money';
import { AppError } from '@souk/runtime/app-error';
import { eq } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { merchants } from '../db/schema/accounts.ts';

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
