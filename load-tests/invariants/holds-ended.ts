import type { Invariant, Violation } from './invariant.ts';
import { readMerchantHolds } from './merchant-holds.ts';

const name = 'every hold ended or within its window';
const statusOf = { holds: 'active', claims: 'claiming' } as const;

/** A hold is over soon after its window, and a claim is not left half done. */
export const holdsEnded: Invariant = {
  name,
  async check({ redis, graceMs }) {
    const merchants = await readMerchantHolds(redis);
    return merchants.flatMap(({ holds, now }) =>
      holds.flatMap(({ id, list, dueAt, status }): Violation[] => {
        if (status === statusOf[list] && dueAt >= now - graceMs) return [];
        return [
          { invariant: name, subject: id, detail: `is ${status} among ${list}, due ${now - dueAt} ms ago` },
        ];
      }),
    );
  },
};
