import { createId, type MerchantId, merchantIdSchema, type UserId, type VariantId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import type { Clock } from '@souk/runtime/clock';
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { createPasswordHasher } from '../accounts/password-hasher.ts';
import { createProduct } from '../catalog/create-product.ts';
import { replaceParts } from '../catalog/write-variants.ts';
import { type Database, inTransaction, type Tx } from '../db/database.ts';
import { merchantMembers, merchants, users } from '../db/schema/accounts.ts';
import { variants } from '../db/schema/catalog.ts';
import { findSetting, saveSetting } from '../db/settings.ts';
import { DEMO_PASSWORD, demoAccounts } from './demo-accounts.ts';
import { demoProducts } from './demo-catalog.ts';

const SEED_SETTING = 'demo-shop';
/** Any number: whoever seeds takes this lock. */
const SEED_LOCK = 7_302_512;
const seedSchema = z.object({ merchantId: merchantIdSchema });

/**
 * Makes the demo shop, its accounts, products and stock, once; later calls change nothing.
 * Returns the merchant's id. Must not be called in production: the password is known to everybody.
 */
export async function seedDemo(db: Database, clock: Clock): Promise<MerchantId> {
  return inTransaction(db, async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${SEED_LOCK})`);
    const seeded = await findSetting(tx, SEED_SETTING, seedSchema);
    if (seeded !== undefined) return seeded.merchantId;
    const merchantId = createId('merchant');
    const passwordHash = await createPasswordHasher().hash(DEMO_PASSWORD);
    const now = clock.now();
    const currency = currencySchema.parse('EUR');
    const policy = { guestsMayChat: true, guestsMayBuy: true };
    await tx
      .insert(merchants)
      .values({ id: merchantId, name: 'Lumen & Co', currency, ...policy, createdAt: now });
    await insertAccounts(tx, { merchantId, passwordHash, now });
    for (const [position, { parts: _parts, ...product }] of demoProducts.entries())
      await createProduct(tx, { ...product, merchantId, currency, position }, now);
    await bindBundles(tx, merchantId);
    await saveSetting(tx, SEED_SETTING, { merchantId });
    return merchantId;
  });
}

/** Says of the bundles what they are made of, now that everything has its id. */
async function bindBundles(tx: Tx, merchantId: MerchantId): Promise<void> {
  const rows = await tx
    .select({ id: variants.id, sku: variants.sku })
    .from(variants)
    .where(eq(variants.merchantId, merchantId));
  const idOf = (sku: string): VariantId => {
    const found = rows.find((row) => row.sku === sku);
    if (found === undefined) throw new Error(`the demo shop has no ${sku}`);
    return found.id;
  };
  const bundles = demoProducts.flatMap(({ parts, variants: [variant] }) =>
    parts.length === 0 || variant === undefined
      ? []
      : [
          {
            id: idOf(variant.sku),
            parts: parts.map(({ sku, quantity }) => ({ variantId: idOf(sku), quantity })),
          },
        ],
  );
  await replaceParts(tx, bundles);
}

async function insertAccounts(
  tx: Tx,
  { merchantId, passwordHash, now }: { merchantId: MerchantId; passwordHash: string; now: number },
): Promise<void> {
  for (const { email, name, role } of demoAccounts) {
    const userId: UserId = createId('user');
    await tx
      .insert(users)
      .values({ id: userId, email, name, passwordHash, isAdmin: role === 'admin', createdAt: now });
    if (role === 'host' || role === 'merchant')
      await tx.insert(merchantMembers).values({ merchantId, userId, role });
  }
}
