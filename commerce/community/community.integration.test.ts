import { createId } from '@souk/protocol/ids';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestClient } from '../testing/test-client.ts';
import { TEST_PASSWORD } from '../testing/test-shop.ts';
import { startTestStage, type TestStage } from '../testing/test-stage.ts';
import { tellFilters } from './tell-filters.ts';

let stage: TestStage;
beforeAll(async () => {
  stage = await startTestStage();
});
afterAll(() => stage.stop());

const ofShow = () => ({ showId: stage.showId });
const ofShop = () => ({ merchantId: stage.shop.merchantId });

describe('the standing of a person with a shop', () => {
  const standing = () => stage.people.viewer.get('merchant:standing', { params: ofShop() });

  it('knows followers, however often they follow', async () => {
    expect(await standing()).toEqual({ isFollowing: false, hasBought: false, followers: 0 });
    await stage.people.viewer.get('merchant:follow', { params: ofShop() });
    await stage.people.viewer.get('merchant:follow', { params: ofShop() });
    expect(await standing()).toEqual({ isFollowing: true, hasBought: false, followers: 1 });
    await stage.people.viewer.get('merchant:unfollow', { params: ofShop() });
    expect(await standing()).toMatchObject({ isFollowing: false, followers: 0 });
  });

  it('is none with a shop that nobody knows, and not for guests to change', async () => {
    const params = { merchantId: createId('merchant') };
    const answer = await stage.people.viewer.send('merchant:follow', { params });
    expect(answer).toMatchObject({ ok: false, error: { code: 'MERCHANT_NOT_FOUND' } });
    const guest = await stage.people.guest.send('merchant:follow', { params: ofShop() });
    expect(guest).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  });

  it('stands in the token that was asked for with a show: follower, and buyer once an order is paid', async () => {
    const { merchantId } = stage.shop;
    const ties = async (query?: { showId: typeof stage.showId }) => {
      const session = await stage.people.viewer.get('auth:token', query === undefined ? {} : { query });
      return (await stage.commerce.ground.verifier.verifyAccess(session.accessToken)).ties;
    };
    await stage.people.viewer.get('merchant:follow', { params: ofShop() });
    expect(await ties()).toEqual([]);
    expect(await ties(ofShow())).toEqual([{ merchantId, kind: 'follower' }]);
    expect(await ties({ showId: createId('show') })).toEqual([]);
    await insertOrder('pending_payment');
    expect(await ties(ofShow())).toHaveLength(1);
    await insertOrder('paid');
    expect(await ties(ofShow())).toEqual([
      { merchantId, kind: 'follower' },
      { merchantId, kind: 'buyer' },
    ]);
    const card = { params: { ...ofShow(), userId: stage.shop.people.viewer } };
    expect(await stage.people.moderator.get('user:card', card)).toMatchObject({
      orders: 1,
      isFollowing: true,
    });
  });

  it('stands in the token of a log-in, a registration and a rename that name a show, too', async () => {
    const { merchantId } = stage.shop;
    const [query, client] = [ofShow(), createTestClient(stage.commerce.http)];
    const tiesOf = async ({ accessToken }: { accessToken: string }) =>
      (await stage.commerce.ground.verifier.verifyAccess(accessToken)).ties;
    const body = { email: 'tied@souk.test', password: TEST_PASSWORD, name: 'Tied' };
    expect(await tiesOf(await client.get('auth:register', { query, body }))).toEqual([]);
    await client.login(body.email, body.password);
    await client.get('merchant:follow', { params: ofShop() });
    const { name, ...credentials } = body;
    const follower = [{ merchantId, kind: 'follower' }];
    expect(await tiesOf(await client.get('auth:login', { query, body: credentials }))).toEqual(follower);
    expect(await tiesOf(await client.get('auth:rename', { query, body: { name } }))).toEqual(follower);
    expect(await tiesOf(await client.get('auth:login', { body: credentials }))).toEqual([]);
  });

  const insertOrder = async (status: string): Promise<void> => {
    const now = new Date().toISOString();
    await stage.commerce.foundation.db.orm.execute(sql`
      INSERT INTO orders (id, buyer_id, buyer_name, merchant_id, status, currency, items_minor, shipping_minor, tax_minor,
        total_minor, address, idempotency_key, request_hash, pay_before, created_at, updated_at)
      VALUES (${createId('order')}, ${stage.shop.people.viewer}, 'viewer', ${stage.shop.merchantId}, ${status}, 'EUR',
        1, 0, 0, 1, '{}', ${createId('command')}, '', ${now}, ${now}, ${now})`);
  };
});

describe('the rules of a chat', () => {
  it('are set by moderators and told to everybody', async () => {
    const body = { who: 'followers', slowSeconds: 10, linksAllowed: false } as const;
    await stage.people.moderator.get('chat-policy:set', { params: ofShow(), body });
    expect((await stage.state()).chatPolicy).toEqual(body);
  });

  it('join the words of the show and of its shop, and only the staff is told', async () => {
    const body = { words: ['scam', 'fake', 'scam'], onMatch: 'hold', review: 'everyone' } as const;
    await stage.people.moderator.get('chat-filter:set', {
      params: ofShow(),
      body: { ...body, words: [...body.words] },
    });
    const other = await stage.createShow();
    await stage.people.merchant.get('blocked-words:set', {
      params: ofShop(),
      body: { words: ['fake', 'cheap'] },
    });
    const told = (await stage.readOf('chat-filter:changed')).at(-1);
    expect(told).toMatchObject({ audience: 'staff' });
    expect(told?.data).toEqual({
      words: ['fake', 'cheap', 'scam'],
      onMatch: 'hold',
      review: 'everyone',
      isHooked: false,
    });
    expect((await stage.state(other)).chatFilter).toMatchObject({
      words: ['fake', 'cheap'],
      onMatch: 'refuse',
    });
    expect(await stage.people.moderator.get('chat-filter:get', { params: ofShow() })).toEqual({
      words: ['scam', 'fake'],
      merchantWords: ['fake', 'cheap'],
      onMatch: 'hold',
      review: 'everyone',
      isHooked: false,
    });
    expect(await stage.people.merchant.get('blocked-words:get', { params: ofShop() })).toEqual({
      words: ['fake', 'cheap'],
    });
  });

  it('hold in shows that begin later, and after Redis has lost everything', async () => {
    const later = await stage.createShow();
    expect((await stage.state(later)).chatFilter.words).toEqual(['fake', 'cheap']);
    const before = await stage.state();
    await stage.commerce.foundation.redis.flushdb();
    await expect.poll(async () => (await stage.state()).facts, { timeout: 10_000 }).not.toBeNull();
    const { chatPolicy, chatFilter } = await stage.state();
    expect({ chatPolicy, chatFilter }).toEqual({
      chatPolicy: before.chatPolicy,
      chatFilter: before.chatFilter,
    });
  });

  it('reach two dozen shows in as many statements as one', async () => {
    const { db, outbox, clock } = stage.commerce.foundation;
    const countStatements = async (): Promise<number> => {
      const statements: string[] = [];
      const logger = { logQuery: (text: string) => void statements.push(text) };
      const orm = drizzle({ client: db.pool, casing: 'snake_case', logger });
      await orm.transaction((tx) => tellFilters(tx, outbox, stage.shop.merchantId, clock));
      return statements.length;
    };
    const before = await countStatements();
    const { merchantId } = stage.shop;
    for (let show = 0; show < 24; show += 1)
      await stage.people.host.get('show:create', { body: { merchantId, title: 'One more', productIds: [] } });
    expect(await countStatements()).toBe(before);
  });

  it('end up the same on every show when shop and show change them at once', async () => {
    const { moderator, merchant } = stage.people;
    const words = Array.from({ length: 8 }, (_, index) => `word${index}`);
    await Promise.all(
      words.flatMap((word) => [
        moderator.get('chat-filter:set', {
          params: ofShow(),
          body: { words: [word], onMatch: 'refuse', review: 'none' },
        }),
        merchant.get('blocked-words:set', { params: ofShop(), body: { words: [`shop-${word}`] } }),
      ]),
    );
    const filter = await moderator.get('chat-filter:get', { params: ofShow() });
    const told = (await stage.state()).chatFilter.words;
    expect(told).toEqual([...filter.merchantWords, ...filter.words]);
  });
});
