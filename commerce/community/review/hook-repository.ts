import type { ReviewHook } from '@souk/protocol/http/community';
import type { MerchantId, UserId } from '@souk/protocol/ids';
import { eq } from 'drizzle-orm';
import type { Executor } from '../../db/database.ts';
import { reviewHooks } from '../../db/schema/community.ts';

/** A hook as it is kept. */
export interface StoredHook {
  readonly hook: ReviewHook;
  readonly secretSalt: string;
  /** The hook decides in the name of this person. */
  readonly setBy: UserId;
}

export async function findHook(orm: Executor, merchantId: MerchantId): Promise<StoredHook | undefined> {
  const [row] = await orm.select().from(reviewHooks).where(eq(reviewHooks.merchantId, merchantId));
  if (row === undefined) return undefined;
  const { url, onTimeout, isOn, secretSalt, setBy } = row;
  return { hook: { url, onTimeout, isOn }, secretSalt, setBy };
}
