import { createId, type HoldId, type SaleId, type ShowId, type VariantId } from '@souk/protocol/ids';
import { createRandom } from '@souk/protocol/testing/random';
import { AppError } from '@souk/runtime/app-error';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { waitlistEntries } from '../db/schema/sales.ts';
import type { Caller } from '../http/caller.ts';
import { createTestNode, type TestNode } from '../testing/test-node.ts';
import { startTestTrade, type TestTrade } from '../testing/test-trade.ts';

const UNITS = 15;
const BUYERS = 200;
const WAITING = 50;

let house: TestTrade;
let nodes: readonly [TestNode, TestNode];
beforeAll(async () => {
  house = await startTestTrade();
  nodes = [createTestNode(house), createTestNode(house)];
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  await house.trade.jobs.sweepHolds();
  await house.assertInvariants();
  await house.stop();
});

const guest = (): Caller => ({ userId: createId('guest'), name: 'Gus', grants: [], isGuest: true });

interface Goods {
  readonly showId: ShowId;
  readonly saleId: SaleId;
  readonly variantId: VariantId;
}

describe('200 buyers, a sold-out sale and a line of 50', () => {
  it('get each unit that comes back once, in the order of the line, and nobody comes before it', async () => {
    const random = createRandom(5).next;
    const nodeOf = (): TestNode => (random() < 0.5 ? nodes[0] : nodes[1]);
    const { showId, variantId } = await house.goLive();
    const saleId = await house.startSale(showId, variantId, { units: UNITS, seconds: 3_600 });
    const goods = { showId, saleId, variantId };
    const buyers = Array.from({ length: BUYERS }, guest);
    const first = await Promise.all(buyers.map((buyer) => tryHold(nodeOf(), buyer, goods)));
    const holders = buyers.filter((_, index) => first[index] !== undefined);
    expect(holders).toHaveLength(UNITS);
    const losers = buyers.filter((_, index) => first[index] === undefined);
    await Promise.all(losers.slice(0, WAITING).map((buyer) => nodeOf().joinWaitlist(buyer, showId, saleId)));

    // Everybody else keeps pressing while units come back.
    const pressing = losers.slice(WAITING);
    const state = { isOver: false, presses: 0, won: 0 };
    const press = async (buyer: Caller): Promise<void> => {
      while (!state.isOver) {
        state.presses += 1;
        if ((await tryHold(nodeOf(), buyer, goods)) !== undefined) state.won += 1;
      }
    };
    const crowd = Promise.all(pressing.slice(0, 20).map(press));
    for (const [index, holder] of holders.entries()) {
      const holdId = first[buyers.indexOf(holder)];
      if (holdId === undefined) throw new Error('a hold was expected');
      await nodeOf().releaseHold(holder, holdId);
      if (index % 5 === 0) await Promise.all(nodes.map((node) => node.waitlist.sweepWaitlists()));
    }
    await vi.waitFor(
      async () => {
        await Promise.all(nodes.map((node) => node.waitlist.sweepWaitlists()));
        expect((await lineOf(saleId)).filter(({ status }) => status === 'offered')).toHaveLength(UNITS);
      },
      { timeout: 30_000, interval: 50 },
    );
    state.isOver = true;
    await crowd;

    expect(state.won).toBe(0);
    expect(state.presses).toBeGreaterThan(100);
    const line = await lineOf(saleId);
    expect(line.map(({ status }) => status)).toEqual([
      ...Array.from({ length: UNITS }, () => 'offered'),
      ...Array.from({ length: WAITING - UNITS }, () => 'waiting'),
    ]);
    const offered = (await house.entriesOf(showId)).flatMap((entry) =>
      entry.type === 'waitlist:offered' ? [entry.audience] : [],
    );
    expect(offered).toEqual(line.slice(0, UNITS).map(({ buyerId }) => `user:${buyerId}`));
    expect(new Set(line.slice(0, UNITS).map(({ holdId }) => holdId)).size).toBe(UNITS);
    const counts = (await nodes[0].holds.counts(house.shop.merchantId, [saleId])).get(saleId);
    expect(counts).toEqual({ left: 0, held: UNITS });
    await house.host.get('show:end', { params: { showId } });
  });
});

/** The hold, or undefined when the buyer came too late. */
async function tryHold(node: TestNode, buyer: Caller, goods: Goods): Promise<HoldId | undefined> {
  const { showId, saleId, variantId } = goods;
  try {
    return (await node.takeHold(buyer, showId, [{ variantId, saleId, quantity: 1 }])).hold.id;
  } catch (error) {
    if (error instanceof AppError && error.code === 'SOLD_OUT') return undefined;
    throw error;
  }
}

async function lineOf(saleId: SaleId) {
  return house.commerce.foundation.db.orm
    .select()
    .from(waitlistEntries)
    .where(eq(waitlistEntries.saleId, saleId))
    .orderBy(waitlistEntries.seq);
}
