import type { Invariant, Violation } from './invariant.ts';
import { scanKeys } from './scan-keys.ts';

const name = 'claimed holds have an order';

/** Units leave a hold into one order, or go back: a hold in an order is not also released or expired. */
export const holdsClaimed: Invariant = {
  name,
  async check({ redis, pg }) {
    const { rows } = await pg.query<{ hold_id: string; order_id: string }>(
      'SELECT hold_id, order_id FROM order_holds',
    );
    const orders = new Map(rows.map(({ hold_id, order_id }) => [hold_id, order_id]));
    const keys = await scanKeys(redis, '*{mer_*}:hold:*');
    const found = await Promise.all(
      keys.map(async (key): Promise<Violation[]> => {
        const holdId = key.slice(key.lastIndexOf(':') + 1);
        const status = await redis.hget(key, 'status');
        const orderId = orders.get(holdId);
        if (orderId === undefined || status === null || status === 'claimed' || status === 'claiming')
          return [];
        return [{ invariant: name, subject: holdId, detail: `is ${status}, but went into ${orderId}` }];
      }),
    );
    return found.flat();
  },
};
