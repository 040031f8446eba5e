import type { Invariant, Violation } from './invariant.ts';
import { type MerchantHolds, readMerchantHolds } from './merchant-holds.ts';

const name = 'held units = holds';

/** The counts of held units are the sums of the holds that are not over. */
export const heldUnits: Invariant = {
  name,
  async check({ redis }) {
    return (await readMerchantHolds(redis)).flatMap(compareCounts);
  },
};

function compareCounts({ held, holds }: MerchantHolds): Violation[] {
  const sums = new Map<string, number>();
  for (const { pool, quantity } of holds.flatMap(({ lines }) => lines)) {
    sums.set(pool, (sums.get(pool) ?? 0) + quantity);
  }
  const pools = new Set([...sums.keys(), ...Object.keys(held)]);
  return [...pools].flatMap((pool): Violation[] => {
    const [counted, sum] = [held[pool] ?? 0, sums.get(pool) ?? 0];
    return counted === sum
      ? []
      : [{ invariant: name, subject: pool, detail: `count ${counted}, holds ${sum}` }];
  });
}
