import { createId, type MerchantId, type ProductId, type UserId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { createPasswordHasher } from '../accounts/password-hasher.ts';
import { createRegisterUser } from '../accounts/register-user.ts';
import { createProduct } from '../catalog/create-product.ts';
import { inTransaction } from '../db/database.ts';
import { merchantMembers, merchants } from '../db/schema/accounts.ts';
import type { Foundation } from '../foundation.ts';

export const TEST_PASSWORD = 'correct horse battery';

export interface TestShop {
  readonly merchantId: MerchantId;
  readonly productIds: readonly ProductId[];
  readonly people: Readonly<Record<'host' | 'merchant' | 'moderator' | 'viewer' | 'admin', UserId>>;
}

/** A merchant with two products and one person of each role; `<role>@souk.test` logs in with TEST_PASSWORD. */
export async function createTestShop(foundation: Foundation): Promise<TestShop> {
  const { db, clock } = foundation;
  const merchantId = createId('merchant');
  const currency = currencySchema.parse('EUR');
  const registerUser = createRegisterUser({ orm: db.orm, hasher: createPasswordHasher(), clock });
  const join = async (name: string): Promise<UserId> => {
    const email = `${name}@souk.test`;
    return (await registerUser({ email, password: TEST_PASSWORD, name, isAdmin: name === 'admin' })).id;
  };
  const people = {
    host: await join('host'),
    merchant: await join('merchant'),
    moderator: await join('moderator'),
    viewer: await join('viewer'),
    admin: await join('admin'),
  };
  const productIds = await inTransaction(db, async (tx) => {
    const now = clock.now();
    await tx
      .insert(merchants)
      .values({ id: merchantId, name: 'Test & Co', currency, guestsMayBuy: true, createdAt: now });
    await tx.insert(merchantMembers).values([
      { merchantId, userId: people.host, role: 'host' },
      { merchantId, userId: people.merchant, role: 'merchant' },
    ]);
    const create = (title: string, position: number): Promise<ProductId> =>
      createProduct(
        tx,
        {
          merchantId,
          title,
          description: '',
          currency,
          position,
          variants: [{ sku: `SKU-${position}`, label: '', priceMinor: 3_900, weightGrams: 500, onHand: 20 }],
        },
        now,
      );
    return [await create('Lamp', 0), await create('Mug', 1)];
  });
  return { merchantId, productIds, people };
}
