import { createId, type HoldId, type SaleId, type ShowId, type VariantId } from '@souk/protocol/ids';
import { eventually } from '@souk/runtime/testing/eventually';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitlistEntries } from '../db/schema/sales.ts';
import type { Caller } from '../http/caller.ts';
import { takeLoaded } from '../inventory/take-hold.ts';
import { createTestNode, type TestNode } from '../testing/test-node.ts';
import { startTestTrade, type TestTrade } from '../testing/test-trade.ts';
import { prepareOffer } from './offer-units.ts';

let house: TestTrade;
let node: TestNode;
let showId: ShowId;
let variantId: VariantId;
let saleId: SaleId;

beforeAll(async () => {
  house = await startTestTrade();
});
beforeEach(async () => {
  node = createTestNode(house);
  ({ showId, variantId } = await house.goLive());
  saleId = await house.startSale(showId, variantId, { units: 1 });
});
afterEach(async () => {
  await node.stop();
  await house.host.get('show:end', { params: { showId } });
});
afterAll(async () => {
  await house.trade.jobs.sweepHolds();
  await house.assertInvariants();
  await house.stop();
});

const guest = (): Caller => ({ userId: createId('guest'), name: 'Gus', grants: [], isGuest: true });
const hold = (caller: Caller) => node.takeHold(caller, showId, [{ variantId, saleId, quantity: 1 }]);
const tryHold = (caller: Caller): Promise<string> =>
  hold(caller).then(
    () => 'OK',
    (error: { code?: string }) => String(error.code),
  );
const join = (caller: Caller) => node.joinWaitlist(caller, showId, saleId);
const merchant = () => house.shop.merchantId;
const entriesOf = () =>
  house.commerce.foundation.db.orm
    .select()
    .from(waitlistEntries)
    .where(eq(waitlistEntries.saleId, saleId))
    .orderBy(waitlistEntries.seq);
/** Another offer of the same node may be on its way: then the sweep leaves it to that. */
const untilOffered = (): Promise<void> =>
  eventually(async () => expect((await entriesOf())[0]?.status).toBe('offered'));
const holdsOf = async (caller: Caller) => (await node.holds.listActive(caller.userId)).holds;
const release = (caller: Caller, holdId: HoldId) => node.holds.release(merchant(), holdId, caller.userId);
/** Takes the hold of an offer as a node does that dies before it writes the offer down. */
const takeAndDie = async (caller: Caller, windowMs: number): Promise<HoldId> => {
  const [entry] = await entriesOf();
  const sale = await node.facts.getSale(saleId);
  if (entry?.holdId == null) throw new Error('nobody waits');
  const view = { ...(await prepareOffer(node.facts, sale)), id: entry.holdId };
  const request = { view, buyerId: caller.userId, windowMs, isOffer: true };
  expect(await takeLoaded({ ...node, availability: quiet() }, request)).toMatchObject({ code: 'OK' });
  return entry.holdId;
};
/** Tells nobody: the process that would is dead. */
const quiet = () => ({ ...node.availability, changed: () => undefined });
/** As if Redis had lost its data: of the merchant everything is gone. */
const loseRedis = async (): Promise<void> => {
  const { redis } = house.commerce.foundation;
  const keys = await redis.keys(`souk:{${merchant()}}:*`);
  if (keys.length > 0) await redis.del(...keys);
};

describe('an offer', () => {
  it('whose node died between hold and row is written down by the next, with the same hold', async () => {
    const [holder, waiting] = [guest(), guest()];
    const { hold: taken } = await hold(holder);
    await join(waiting);
    await release(holder, taken.id);
    const holdId = await takeAndDie(waiting, 60_000);
    expect(await entriesOf()).toMatchObject([{ status: 'waiting' }]);
    await node.waitlist.sweepWaitlists();
    await untilOffered();
    expect(await entriesOf()).toMatchObject([{ status: 'offered', holdId }]);
    expect(await holdsOf(waiting)).toMatchObject([{ id: holdId }]);
    expect(await tryHold(guest())).toBe('SOLD_OUT');
  });

  it('whose node died so, and whose hold was over before anybody wrote it down, is made anew', async () => {
    const [holder, waiting] = [guest(), guest()];
    const { hold: taken } = await hold(holder);
    await join(waiting);
    await release(holder, taken.id);
    const lost = await takeAndDie(waiting, 1);
    await eventually(async () => expect((await holdsOf(waiting)).length).toBe(0));
    await node.sweepHolds();
    await node.waitlist.sweepWaitlists();
    await untilOffered();
    const [entry] = await entriesOf();
    expect(entry?.holdId).not.toBe(lost);
    expect(await holdsOf(waiting)).toMatchObject([{ id: entry?.holdId }]);
  });

  it('whose hold Redis has lost is held again, for the time that was promised, before anybody else', async () => {
    const [holder, waiting, next] = [guest(), guest(), guest()];
    const { hold: taken } = await hold(holder);
    await join(waiting);
    await join(next);
    await release(holder, taken.id);
    await node.waitlist.sweepWaitlists();
    await untilOffered();
    const [before] = await holdsOf(waiting);
    await loseRedis();
    expect(await tryHold(guest())).toBe('SOLD_OUT');
    await node.waitlist.sweepWaitlists();
    const [after] = await eventually(async () => {
      const holds = await holdsOf(waiting);
      expect(holds).toHaveLength(1);
      return holds;
    });
    expect(after?.id).toBe(before?.id);
    expect(Math.abs((after?.expiresAt ?? 0) - (before?.expiresAt ?? 0))).toBeLessThan(1_000);
    expect(await entriesOf()).toMatchObject([{ status: 'offered' }, { status: 'waiting' }]);
    expect(await tryHold(guest())).toBe('SOLD_OUT');
  });

  it('is made once, however many nodes are asked at once', async () => {
    const others = [createTestNode(house), createTestNode(house), createTestNode(house)];
    const buyers = Array.from({ length: 4 }, guest);
    const { hold: taken } = await hold(guest());
    for (const buyer of buyers) await join(buyer);
    await release({ ...guest(), userId: (await firstHolder(taken.id)) as Caller['userId'] }, taken.id);
    await Promise.all([node, ...others].map(({ offerUnits }) => offerUnits(saleId)));
    expect((await entriesOf()).map(({ status }) => status)).toEqual([
      'offered',
      'waiting',
      'waiting',
      'waiting',
    ]);
    const offers = (await house.entriesOf(showId)).filter(({ type }) => type === 'waitlist:offered');
    expect(offers).toHaveLength(1);
    await Promise.all(others.map((other) => other.stop()));
  });
});

const firstHolder = async (holdId: HoldId): Promise<string> =>
  String(await house.commerce.foundation.redis.hget(`souk:{${merchant()}}:hold:${holdId}`, 'buyer'));

describe('the line', () => {
  it('passes over a buyer who has reached the limit meanwhile', async () => {
    const [holder, full, next] = [guest(), guest(), guest()];
    const { hold: taken } = await hold(holder);
    await join(full);
    await join(next);
    const { redis } = house.commerce.foundation;
    await redis.hset(`souk:{${merchant()}}:sale:${saleId}:buyers`, `b:${full.userId}`, 1);
    await release(holder, taken.id);
    await node.waitlist.sweepWaitlists();
    await eventually(async () =>
      expect(await entriesOf()).toMatchObject([{ status: 'passed' }, { status: 'offered' }]),
    );
    expect(await holdsOf(full)).toEqual([]);
    const told = (await house.entriesOf(showId)).filter(({ type }) => type === 'waitlist:ended');
    expect(told).toMatchObject([{ audience: `user:${full.userId}`, data: { status: 'passed' } }]);
    await redis.hdel(`souk:{${merchant()}}:sale:${saleId}:buyers`, `b:${full.userId}`);
  });

  it('stands while its goods are off the line-up, and nobody can join it then', async () => {
    const [holder, waiting] = [guest(), guest()];
    const { hold: taken } = await hold(holder);
    await join(waiting);
    const { lineup } = await house.host.get('show:get', { params: { showId } });
    const set = (productIds: string[]) =>
      house.host.get('lineup:set', { params: { showId }, body: { productIds: productIds as never } });
    await set([]);
    await eventually(async () => expect(await tryHold(guest())).toBe('PRODUCT_NOT_IN_LINEUP'));
    await expect(join(guest())).rejects.toMatchObject({ code: 'PRODUCT_NOT_IN_LINEUP' });
    await release(holder, taken.id);
    await node.waitlist.sweepWaitlists();
    expect(await entriesOf()).toMatchObject([{ status: 'waiting' }]);
    await set(lineup.map(({ id }) => id));
    await eventually(async () => expect(await tryHold(guest())).toBe('SOLD_OUT'));
    await node.waitlist.sweepWaitlists();
    await untilOffered();
  });

  it('is full at ten thousand', async () => {
    await hold(guest());
    const { redis } = house.commerce.foundation;
    await redis.hset(`souk:{${merchant()}}:pools`, `${saleId}|waiting`, 10_000);
    await expect(join(guest())).rejects.toMatchObject({ code: 'WAITLIST_FULL' });
    await redis.hset(`souk:{${merchant()}}:pools`, `${saleId}|waiting`, 9_999);
    expect(await join(guest())).toMatchObject({ status: 'waiting', place: 1 });
  });
});

describe('the number of those who wait', () => {
  it('is filled again from PostgreSQL when Redis has lost it', async () => {
    const waiting = guest();
    await hold(guest());
    await join(waiting);
    await loseRedis();
    // The hold is lost, so there is a unit again; it is for the one who waits.
    expect(await tryHold(guest())).toBe('SOLD_OUT');
    await node.waitlist.sweepWaitlists();
    await eventually(async () => expect(await holdsOf(waiting)).toHaveLength(1));
  });

  it('comes down when somebody died while joining, and keeps nobody out for long', async () => {
    const holder = guest();
    const { hold: taken } = await hold(holder);
    await node.holds.waitMore(merchant(), saleId, guest().userId, 10);
    await release(holder, taken.id);
    expect(await tryHold(guest())).toBe('SOLD_OUT');
    await node.waitlist.sweepWaitlists();
    expect(await tryHold(guest())).toBe('SOLD_OUT');
    await node.waitlist.sweepWaitlists();
    expect(await tryHold(guest())).toBe('OK');
  });

  it('goes up at once when PostgreSQL knows of more', async () => {
    const [holder, waiting] = [guest(), guest()];
    const { hold: taken } = await hold(holder);
    await join(waiting);
    await node.holds.waitLess(merchant(), saleId, 'less', 1);
    await release(holder, taken.id);
    await node.waitlist.sweepWaitlists();
    await eventually(async () => expect(await holdsOf(waiting)).toHaveLength(1));
    expect(await tryHold(guest())).toBe('SOLD_OUT');
  });
});
