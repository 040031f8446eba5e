import { createId, type ShowId, type UserId } from '@souk/protocol/ids';
import { BEGINNING, createEntry, type Entry } from '@souk/protocol/timeline/entries';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArchiveShow } from '../shows/archive-show.ts';
import { createTestClient, type TestClient } from '../testing/test-client.ts';
import { startTestCommerce, type TestCommerce } from '../testing/test-commerce.ts';
import { createTestShop, TEST_PASSWORD, type TestShop } from '../testing/test-shop.ts';

let commerce: TestCommerce;
let shop: TestShop;
let host: TestClient;
let moderator: TestClient;
let showId: ShowId;

beforeAll(async () => {
  commerce = await startTestCommerce();
  shop = await createTestShop(commerce.foundation);
  host = createTestClient(commerce.http);
  moderator = createTestClient(commerce.http);
  await host.login('host@souk.test', TEST_PASSWORD);
  await moderator.login('moderator@souk.test', TEST_PASSWORD);
  const body = { merchantId: shop.merchantId, title: 'Moderated', productIds: [] };
  showId = (await host.get('show:create', { body })).show.id;
  await host.get('show:go-live', { params: { showId } });
});
afterAll(() => commerce.stop());

const readTimeline = async (): Promise<Entry[]> => {
  await commerce.foundation.relay.drain();
  return commerce.foundation.timeline.read(showId, { after: BEGINNING, limit: 1_000 });
};
const invite = () =>
  host.get('moderator:invite', { params: { showId }, body: { email: 'moderator@souk.test' } });
const say = async (text: string) => {
  const messageId = createId('message');
  const data = { messageId, userId: createId('guest'), name: 'Guest', role: 'guest', text } as const;
  await commerce.foundation.timeline.append(showId, createEntry('chat:sent', 1, data));
  return messageId;
};
const mute = (client: TestClient, userId: UserId) =>
  client.send('user:mute', { params: { showId, userId }, body: { seconds: 60, reason: 'spam' } });

describe('moderator', () => {
  it('has the role at once after the invitation, without a new token, and loses it at once', async () => {
    const userId = createId('guest');
    expect(await mute(moderator, userId)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    const invited = await invite();
    expect(invited).toEqual({ userId: shop.people.moderator, name: 'moderator' });
    expect(await mute(moderator, userId)).toMatchObject({ ok: true });
    await host.get('moderator:remove', { params: { showId, userId: invited.userId } });
    expect(await mute(moderator, userId)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    await invite();
  });

  it('is not found under an e-mail that nobody has', async () => {
    const answer = await host.send('moderator:invite', {
      params: { showId },
      body: { email: 'nobody@souk.test' },
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'USER_NOT_FOUND' } });
  });

  it('mutes and unmutes viewers, and the log says who and why', async () => {
    const userId = createId('guest');
    await mute(moderator, userId);
    await moderator.get('user:unmute', { params: { showId, userId } });
    const entries = (await readTimeline()).filter((entry) => entry.audience === `staff+user:${userId}`);
    expect(entries.map((entry) => entry.type)).toEqual(['user:muted', 'user:unmuted']);
    const log = await commerce.foundation.db.pool.query(
      'SELECT * FROM audit_log WHERE subject = $1 ORDER BY id',
      [userId],
    );
    expect(log.rows.map((row) => [row.action, row.actor_id, row.reason])).toEqual([
      ['user:mute', shop.people.moderator, 'spam'],
      ['user:unmute', shop.people.moderator, ''],
    ]);
  });

  it.each(['host', 'merchant', 'moderator', 'admin'] as const)('cannot mute a %s', async (role) => {
    expect(await mute(moderator, shop.people[role])).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN' },
    });
  });

  it('deletes a message: its text leaves the timeline and the archive', async () => {
    const messageId = await say('a secret that slipped out');
    const { db } = commerce.foundation;
    await createArchiveShow(commerce.foundation)(showId);
    await moderator.get('message:delete', { params: { showId, messageId } });
    const told = JSON.stringify(await readTimeline());
    expect(told).toContain(`"chat:deleted"`);
    expect(told).not.toContain('slipped out');
    const archived = await db.pool.query(
      `SELECT 1 FROM timeline_entries WHERE data::text LIKE '%slipped out%'`,
    );
    expect(archived.rows).toEqual([]);
  });

  it('deletes a message once, however often it is asked at the same moment', async () => {
    const messageId = await say('said once');
    const params = { showId, messageId };
    await Promise.all(Array.from({ length: 5 }, () => moderator.send('message:delete', { params })));
    const told = (await readTimeline()).filter((entry) => entry.type === 'chat:deleted');
    expect(told.filter(({ data }) => JSON.stringify(data).includes(messageId))).toHaveLength(1);
  });

  it('cannot delete a message that nobody wrote', async () => {
    const params = { showId, messageId: createId('message') };
    const answer = await moderator.send('message:delete', { params });
    expect(answer).toMatchObject({ ok: false, error: { code: 'MESSAGE_NOT_FOUND' } });
  });

  it('leaves a log that nobody can change', async () => {
    const { pool } = commerce.foundation.db;
    await expect(pool.query('DELETE FROM audit_log')).rejects.toThrow('append-only');
    await expect(pool.query(`UPDATE audit_log SET reason = ''`)).rejects.toThrow('append-only');
  });

  it('stops the show', async () => {
    const { show } = await moderator.get('show:stop', { params: { showId }, body: { reason: 'not safe' } });
    expect(show).toMatchObject({ status: 'ended', endReason: 'ended-by-moderator' });
  });
});
