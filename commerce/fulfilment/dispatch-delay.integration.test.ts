import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderAnew, payUntil, startTestTrade, type TestTrade } from '../testing/test-trade.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade({ DISPATCH_DELAY_SECONDS: '1' });
});
afterAll(() => house.stop());

describe('a paid order', () => {
  it('stays paid for a while, so that its buyer sees it, and is dispatched then', async () => {
    const purchase = await orderAnew(house);
    await payUntil(purchase, 'dispatched');
    const told = await house.entriesOf(purchase.showId);
    const instantOf = (status: string) =>
      told.find((entry) => entry.type === 'order:changed' && entry.data.status === status)?.at ?? Number.NaN;
    expect(instantOf('allocated') - instantOf('paid')).toBeGreaterThanOrEqual(900);
  });
});
