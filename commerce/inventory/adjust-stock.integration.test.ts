import { userIdSchema } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestTrade, type TestTrade } from '../testing/test-trade.ts';
import { createAdjustStock } from './adjust-stock.ts';
import { createAvailability } from './availability.ts';
import { createHoldStore } from './hold-store.ts';
import { createSoldOutMemory } from './sold-out-memory.ts';

let house: TestTrade;
beforeAll(async () => {
  house = await startTestTrade();
});
afterAll(() => house.stop());

describe('a correction of the stock', () => {
  it('that was written counts as done, though Redis could not be told', async () => {
    const { variantId } = await house.goLive();
    const { merchantId } = house.shop;
    const { redis, db, clock, logger } = house.commerce.foundation;
    const holds = {
      ...createHoldStore(redis),
      sync: () => Promise.reject(new AppError('UNAVAILABLE', { detail: 'as if Redis were away' })),
    };
    const none = { touch: () => undefined, notice: () => undefined };
    const watch = { check: async () => undefined, close: async () => undefined };
    const availability = createAvailability({
      ...{ db, holds, logger },
      levels: { ...none, ...watch },
      soldOut: { ...none, ...watch },
      soldOutMemory: createSoldOutMemory({ clock }),
    });
    const adjustStock = createAdjustStock({ db, clock, availability });
    const before = await house.stockOf(variantId);
    const actorId = userIdSchema.parse('usr_00000000000000000000');
    const after = await adjustStock({ merchantId, variantId, delta: 5, reason: 'found', actorId });
    expect(after.onHand).toBe(before.onHand + 5);
  });
});
