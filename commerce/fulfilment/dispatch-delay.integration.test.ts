import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cards,
  pay,
  place,
  startTestTrade,
  type TestTrade,
  take,
  untilOrder,
} from '../testing/test-trade.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade({ DISPATCH_DELAY_SECONDS: '1' });
});
afterAll(() => house.stop());

describe('a paid order', () => {
  it('stays paid for a while, so that its buyer sees it, and is dispatched then', async () => {
    const { showId, variantId } = await house.goLive();
    const buyer = await house.guest();
    const order = await place(buyer, [await take(buyer, showId, { variantId })]);
    await pay(buyer, order, cards.pays);
    await untilOrder(buyer, order, 'dispatched');
    const told = await house.entriesOf(showId);
    const instantOf = (status: string) =>
      told.find((entry) => entry.type === 'order:changed' && entry.data.status === status)?.at ?? Number.NaN;
    expect(instantOf('allocated') - instantOf('paid')).toBeGreaterThanOrEqual(900);
  });
});
