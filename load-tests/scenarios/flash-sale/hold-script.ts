import { readFileSync } from 'node:fs';
import { limits } from '@souk/protocol/limits';
import type { Redis } from 'ioredis';

/** Commerce's own script for taking a hold, put together as commerce does it. */
export const takeHoldLua = ['hold-lib', 'take-hold']
  .map((name) =>
    readFileSync(new URL(`../../../commerce/inventory/scripts/${name}.lua`, import.meta.url), 'utf8'),
  )
  .join('\n');

const KEEP_ENDED_MS = 3_600_000;
const WINDOW_MS = 120_000;
const DAY_MS = 86_400_000;
const SALE_ID = 'sal_00000000000000000000';
const SHOW_ID = 'shw_00000000000000000000';

/** Makes a sale at which every buyer may hold one unit. Its keys are none of a merchant's. */
export async function openBareSale(redis: Redis, prefix: string, units: number): Promise<void> {
  await redis.hset(`${prefix}pools`, { [`${SALE_ID}|supply`]: units, [`${SALE_ID}|version`]: 1 });
  const now = Date.now();
  await redis.hset(`${prefix}sale:${SALE_ID}`, { limit: 1, startsAt: now - DAY_MS, endsAt: now + DAY_MS });
}

/** Keys and arguments of one hold, of the size that commerce sends. */
export function holdArguments(prefix: string, holdId: string, buyerId: string): [string, ...string[]] {
  const line = { variantId: 'var_00000000000000000000', saleId: SALE_ID, quantity: 1 };
  const texts = { title: 'A lamp of paper', variantLabel: 'Large', pictureUrl: '/api/pictures/prd_0.svg' };
  const view = {
    ...{ id: holdId, merchantId: 'mer_00000000000000000000', showId: SHOW_ID, currency: 'EUR' },
    lines: [{ ...line, ...texts, productId: 'prd_00000000000000000000', unitPriceMinor: 1_000 }],
  };
  return [
    `${prefix}pools`,
    prefix,
    String(KEEP_ENDED_MS),
    holdId,
    buyerId,
    SHOW_ID,
    JSON.stringify([{ pool: SALE_ID, saleId: SALE_ID, quantity: 1 }]),
    JSON.stringify(view),
    String(WINDOW_MS),
    ...['own', String(limits.holdsPerBuyer), String(limits.lineQuantity)],
  ];
}

/** Removes what `openBareSale` and its holds have left. */
export async function clearBareSale(redis: Redis, prefix: string): Promise<void> {
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 1_000);
    if (keys.length > 0) await redis.unlink(...keys);
    cursor = next;
  } while (cursor !== '0');
}
