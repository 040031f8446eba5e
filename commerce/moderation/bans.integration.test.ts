import { createId, type ShowId, type UserId } from '@souk/protocol/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../testing/test-client.ts';
import { startTestStage, type TestStage } from '../testing/test-stage.ts';

let stage: TestStage;
beforeAll(async () => {
  stage = await startTestStage();
});
afterAll(() => stage.stop());

type Scope = 'show' | 'merchant';
const ban = (client: TestClient, userId: UserId, scope: Scope = 'show', showId: ShowId = stage.showId) =>
  client.send('user:ban', { params: { showId, userId }, body: { scope, reason: 'rude' } });
const unban = (client: TestClient, userId: UserId, showId: ShowId = stage.showId) =>
  client.send('user:unban', { params: { showId, userId } });
const forbidden = { ok: false, error: { code: 'FORBIDDEN' } };
const banned = { ok: false, error: { code: 'BANNED' } };

describe('a ban from a show', () => {
  it('is told to the staff and the person, once, with its reason', async () => {
    const userId = createId('guest');
    await ban(stage.people.moderator, userId);
    await ban(stage.people.moderator, userId);
    const told = (await stage.readOf('user:banned')).filter(({ data }) => data.userId === userId);
    expect(told).toMatchObject([
      { audience: `staff+user:${userId}`, data: { scope: 'show', reason: 'rude', name: 'Guest' } },
    ]);
    expect((await stage.state()).bans[userId]).toBe('show');
  });

  it('is lifted by a moderator', async () => {
    const userId = createId('guest');
    await ban(stage.people.host, userId);
    expect(await unban(stage.people.moderator, userId)).toMatchObject({ ok: true });
    expect((await stage.state()).bans).not.toHaveProperty(userId);
  });

  it.each(['host', 'merchant', 'moderator', 'admin'] as const)('cannot meet a %s', async (role) => {
    expect(await ban(stage.people.moderator, stage.shop.people[role])).toMatchObject(forbidden);
    expect(await ban(stage.people.host, stage.shop.people[role])).toMatchObject(forbidden);
  });

  it('keeps the person from the picture, from holds and from the waitlist of this show only', async () => {
    const { guest, moderator } = stage.people;
    const [here, there] = [await stage.createShow(), await stage.createShow()];
    expect(await ban(moderator, stage.guestId, 'show', here)).toMatchObject({ ok: true });
    const get = (showId: ShowId) => guest.send('show:get', { params: { showId } });
    expect(await get(here)).toMatchObject(banned);
    expect(await get(there)).toMatchObject({ ok: true });
    const lines = [{ variantId: createId('variant'), saleId: null, quantity: 1 }];
    const hold = (showId: ShowId) =>
      guest.send('hold:take', { params: { showId }, body: { lines } } as never);
    expect(await hold(here)).toMatchObject(banned);
    expect(await hold(there)).toMatchObject({ error: { code: 'VARIANT_NOT_FOUND' } });
    const join = { params: { showId: here, saleId: createId('sale') } };
    expect(await guest.send('waitlist:join', join as never)).toMatchObject(banned);
    await unban(moderator, stage.guestId, here);
    expect(await get(here)).toMatchObject({ ok: true });
  });

  it('stands in the way of an invitation to moderate', async () => {
    const showId = await stage.createShow();
    await ban(stage.people.host, stage.shop.people.viewer, 'show', showId);
    const body = { email: 'viewer@souk.test' };
    expect(await stage.people.host.send('moderator:invite', { params: { showId }, body })).toMatchObject(
      banned,
    );
  });
});

describe('a ban from every show of a shop', () => {
  it('is for the crew', async () => {
    const userId = createId('guest');
    expect(await ban(stage.people.moderator, userId, 'merchant')).toMatchObject(forbidden);
    expect(await ban(stage.people.host, userId, 'merchant')).toMatchObject({ ok: true });
  });

  it('is told to all open shows and to those that begin later, in the order of the bans', async () => {
    const userId = createId('guest');
    const other = await stage.createShow();
    await ban(stage.people.merchant, userId, 'merchant');
    expect((await stage.state(other)).bans[userId]).toBe('merchant');
    const later = await stage.createShow();
    const [told] = await stage.readOf('users:banned', later);
    expect(told?.audience).toBe('staff');
    expect(told?.data.userIds.at(-1)).toBe(userId);
    expect(await stage.people.host.send('user:card', { params: { showId: later, userId } })).toMatchObject({
      data: { ban: 'merchant' },
    });
  });

  it('goes over a narrower one, and nothing narrower goes over it', async () => {
    const userId = createId('guest');
    await ban(stage.people.moderator, userId);
    await ban(stage.people.host, userId, 'merchant');
    await ban(stage.people.moderator, userId);
    expect((await stage.state()).bans[userId]).toBe('merchant');
  });

  it('is lifted by the crew, with the narrower ones, and not by a moderator', async () => {
    const userId = createId('guest');
    const other = await stage.createShow();
    await ban(stage.people.moderator, userId, 'show', other);
    await ban(stage.people.host, userId, 'merchant');
    expect(await unban(stage.people.moderator, userId)).toMatchObject(forbidden);
    expect(await unban(stage.people.host, userId)).toMatchObject({ ok: true });
    expect((await stage.state()).bans).not.toHaveProperty(userId);
    expect((await stage.state(other)).bans).not.toHaveProperty(userId);
    const card = await stage.people.host.get('user:card', { params: { showId: other, userId } });
    expect(card.ban).toBeNull();
  });

  it('stands in the list of the shop, and is lifted from there', async () => {
    const params = { merchantId: stage.shop.merchantId };
    const userId = createId('guest');
    await ban(stage.people.host, userId, 'merchant');
    const { bans } = await stage.people.merchant.get('ban:list', { params });
    expect(bans[0]).toMatchObject({ userId, reason: 'rude', bannedByName: 'host' });
    await stage.people.merchant.get('ban:lift', { params: { ...params, userId } });
    const after = await stage.people.merchant.get('ban:list', { params });
    expect(after.bans.map((one) => one.userId)).not.toContain(userId);
    expect((await stage.state()).bans).not.toHaveProperty(userId);
  });

  it('is told to a timeline that is restored', async () => {
    const { redis } = stage.commerce.foundation;
    const [wide, narrow, shadowed] = [createId('guest'), createId('guest'), createId('guest')];
    const showId = await stage.createShow();
    const { moderator, host } = stage.people;
    await ban(host, wide, 'merchant', showId);
    await ban(moderator, narrow, 'show', showId);
    await moderator.get('user:shadow-ban', { params: { showId, userId: shadowed }, body: { reason: '' } });
    const before = await stage.state(showId);
    await redis.flushdb();
    await expect.poll(async () => (await stage.state(showId)).facts, { timeout: 10_000 }).not.toBeNull();
    const after = await stage.state(showId);
    expect(after.bans).toEqual(before.bans);
    expect(after.bans).toMatchObject({ [wide]: 'merchant', [narrow]: 'show' });
    expect(after.shadowBans).toEqual({ [shadowed]: true });
  });
});

describe('a moderator', () => {
  it('shadow-bans without a word to the person, and ends it', async () => {
    const params = { showId: stage.showId, userId: createId('guest') };
    await stage.people.moderator.get('user:shadow-ban', { params, body: { reason: 'noise' } });
    const told = (await stage.readOf('user:shadow-banned')).at(-1);
    expect(told).toMatchObject({ audience: 'staff', data: { userId: params.userId, reason: 'noise' } });
    await stage.people.moderator.get('user:shadow-unban', { params });
    expect((await stage.state()).shadowBans).toEqual({});
  });

  it('sends somebody out, but none of the staff', async () => {
    const { showId, shop, people } = stage;
    const send = (userId: UserId) =>
      people.moderator.send('user:disconnect', { params: { showId, userId }, body: { reason: 'calm down' } });
    const userId = createId('guest');
    expect(await send(userId)).toMatchObject({ ok: true });
    expect((await stage.readOf('user:disconnected')).at(-1)).toMatchObject({
      audience: `staff+user:${userId}`,
      data: { userId, reason: 'calm down' },
    });
    expect(await send(shop.people.host)).toMatchObject(forbidden);
    const shadow = { params: { showId, userId: shop.people.host }, body: { reason: '' } };
    expect(await people.moderator.send('user:shadow-ban', shadow)).toMatchObject(forbidden);
  });

  it('is nobody at the show once it has ended, by token and by database', async () => {
    const showId = await stage.createShow();
    const before = await stage.people.moderator.renew();
    expect(before.grants).toContainEqual({ role: 'moderator', scope: 'show', showId });
    await stage.people.moderator.get('show:stop', { params: { showId }, body: { reason: 'over' } });
    const params = { showId, userId: createId('guest') };
    expect(await stage.people.moderator.send('user:card', { params })).toMatchObject(forbidden);
    expect(await stage.people.moderator.send('chat-filter:get', { params })).toMatchObject(forbidden);
    const after = await stage.people.moderator.renew();
    expect(after.grants).not.toContainEqual({ role: 'moderator', scope: 'show', showId });
  });
});
