import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { scanKeys } from './scan-keys.ts';

const readHoldsLua = readFileSync(new URL('./read-holds.lua', import.meta.url), 'utf8');

/** Lua writes an empty list as an empty object. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => (Array.isArray(value) ? value : []), z.array(item));
const countsSchema = z.record(z.string(), z.number());

const merchantHoldsSchema = z.object({
  now: z.number(),
  held: countsSchema,
  holds: listOf(
    z.object({
      id: z.string(),
      list: z.enum(['holds', 'claims']),
      dueAt: z.number(),
      status: z.string(),
      lines: listOf(z.object({ pool: z.string(), quantity: z.number() })),
    }),
  ),
});

/** The holds of one merchant that are not over, and the counts of held units, as Redis had them at one moment. */
export interface MerchantHolds extends z.output<typeof merchantHoldsSchema> {
  /** What the merchant's keys begin with. */
  readonly prefix: string;
}

/** Reads the holds of every merchant that Redis knows. */
export async function readMerchantHolds(redis: Redis): Promise<MerchantHolds[]> {
  const keys = await scanKeys(redis, '*{mer_*}:pools');
  return Promise.all(
    keys.map(async (key) => {
      const prefix = key.slice(0, -'pools'.length);
      const answer = await redis.eval(readHoldsLua, 1, key, prefix);
      return { prefix, ...merchantHoldsSchema.parse(JSON.parse(String(answer))) };
    }),
  );
}
