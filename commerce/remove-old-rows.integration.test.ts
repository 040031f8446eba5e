import { createId } from '@souk/protocol/ids';
import { eventually } from '@souk/runtime/testing/eventually';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRemoveOldRows } from './remove-old-rows.ts';
import { startTestTrade, type TestTrade, take } from './testing/test-trade.ts';

const DAY_MS = 86_400_000;

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(() => house.stop());

const rowsOf = async (table: string): Promise<number> => {
  const { rows } = await house.commerce.foundation.db.pool.query(`SELECT count(*)::int AS n FROM ${table}`);
  return rows[0].n;
};
const removeAsOf = (now: number) => {
  const { db, logger } = house.commerce.foundation;
  return createRemoveOldRows({ db, logger, clock: { now: () => now }, keptMs: 90 * DAY_MS })();
};

it('removes notes that nobody needs once they are old, and who waits for a unit stays', async () => {
  const { showId, variantId } = await house.goLive();
  const saleId = await house.startSale(showId, variantId, { units: 1 });
  const [owner, leaving, waiting] = [await house.guest(), await house.guest(), await house.guest()];
  await take(owner, showId, { variantId, saleId });
  const params = { showId, saleId };
  await eventually(() => leaving.get('waitlist:join', { params }));
  await waiting.get('waitlist:join', { params });
  await leaving.get('waitlist:leave', { params });
  await house.commerce.foundation.db.pool.query(
    `INSERT INTO payment_events (id, gateway, kind, gateway_ref, received_at)
     SELECT 'sandbox:' || n, 'sandbox', 'processing', $1, now() FROM generate_series(1, 2500) n`,
    [createId('payment')],
  );
  await removeAsOf(Date.now() + 80 * DAY_MS);
  expect([await rowsOf('payment_events'), await rowsOf('waitlist_entries')]).toEqual([2_500, 2]);
  await removeAsOf(Date.now() + 100 * DAY_MS);
  expect([await rowsOf('payment_events'), await rowsOf('waitlist_entries')]).toEqual([0, 1]);
});
