import { createId, type MessageId } from '@souk/protocol/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArchiveShow } from '../shows/archive-show.ts';
import { startTestStage, type TestStage } from '../testing/test-stage.ts';

let stage: TestStage;
beforeAll(async () => {
  stage = await startTestStage();
});
afterAll(() => stage.stop());

const paramsOf = (messageId: MessageId) => ({ params: { showId: stage.showId, messageId } });
const approve = (messageId: MessageId) => stage.people.moderator.send('message:approve', paramsOf(messageId));
const remove = (messageId: MessageId) => stage.people.moderator.send('message:delete', paramsOf(messageId));
const notFound = { ok: false, error: { code: 'MESSAGE_NOT_FOUND' } };
const everything = async () => {
  const { db } = stage.commerce.foundation;
  const archived = await db.pool.query('SELECT data FROM timeline_entries');
  return JSON.stringify([await stage.read(), archived.rows]);
};

describe('a mute', () => {
  const mute = (userId: ReturnType<typeof createId<'guest'>>, removeMessages = true) =>
    stage.people.moderator.get('user:mute', {
      params: { showId: stage.showId, userId },
      body: { seconds: 60, reason: '', removeMessages },
    });

  it('takes away what the person said in the last ten minutes, from the archive too', async () => {
    const userId = createId('guest');
    const now = Date.now();
    const old = await stage.say({ userId, text: 'long ago and harmless', at: now - 700_000 });
    const archived = await stage.say({ userId, text: 'first-insult' });
    await createArchiveShow(stage.commerce.foundation)(stage.showId);
    const fresh = await stage.say({ userId, text: 'second-insult' });
    const waiting = await stage.say({ userId, text: 'third-insult', isHeld: true });
    await stage.say({ userId: createId('guest'), text: 'a bystander' });
    await mute(userId);
    const [purge] = (await stage.readOf('chat:purged')).filter(({ data }) => data.userId === userId);
    expect([...(purge?.data.messageIds ?? [])].sort()).toEqual([archived, fresh, waiting].sort());
    expect(purge?.data.messageIds).not.toContain(old);
    const left = await everything();
    expect(left).not.toMatch(/first-insult|second-insult|third-insult/);
    expect(left).toMatch(/long ago and harmless/);
    expect(left).toMatch(/a bystander/);
  });

  it('leaves the messages where it is asked to, and tells of no purge where there is nothing', async () => {
    const [quiet, speaker] = [createId('guest'), createId('guest')];
    await stage.say({ userId: speaker, text: 'stays' });
    await mute(quiet);
    await mute(speaker, false);
    const purged = (await stage.readOf('chat:purged')).map(({ data }) => data.userId);
    expect(purged).not.toContain(quiet);
    expect(purged).not.toContain(speaker);
  });
});

describe('a ban', () => {
  it('takes away all that the person said, two hundred messages at most', async () => {
    const userId = createId('guest');
    const at = Date.now() - 900_000;
    for (let count = 0; count < 205; count += 1) await stage.say({ userId, text: `m${count}`, at });
    const params = { showId: stage.showId, userId };
    await stage.people.moderator.get('user:ban', { params, body: { reason: '' } });
    const [purge] = (await stage.readOf('chat:purged')).filter(({ data }) => data.userId === userId);
    expect(purge?.data.messageIds).toHaveLength(200);
    const left = (await stage.readOf('chat:sent')).filter(({ data }) => data.userId === userId);
    expect(left.map(({ data }) => data.text)).toEqual(['m0', 'm1', 'm2', 'm3', 'm4']);
  });
});

describe('a held message', () => {
  it('is let through once, however many do it, with the same id and its text', async () => {
    const userId = createId('guest');
    const messageId = await stage.say({ userId, text: 'may I?', isHeld: true });
    await Promise.all([approve(messageId), approve(messageId), approve(messageId)]);
    expect(await approve(messageId)).toMatchObject({ ok: true });
    const sent = (await stage.readOf('chat:sent')).filter(({ data }) => data.messageId === messageId);
    expect(sent).toMatchObject([{ audience: 'all', data: { text: 'may I?', userId } }]);
    expect((await stage.state()).held).not.toContainEqual(expect.objectContaining({ messageId }));
  });

  it('is deleted instead, and cannot be let through after that', async () => {
    const messageId = await stage.say({ userId: createId('guest'), text: 'no-way', isHeld: true });
    expect(await remove(messageId)).toMatchObject({ ok: true });
    expect(await approve(messageId)).toMatchObject(notFound);
    expect(await everything()).not.toContain('no-way');
  });

  it('is either told or gone when two decide otherwise at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const messageId = await stage.say({ userId: createId('guest'), text: `either-${round}`, isHeld: true });
      const [, removed] = await Promise.all([approve(messageId), remove(messageId)]);
      expect(removed).toMatchObject({ ok: true });
      expect(await everything()).not.toContain(`either-${round}`);
    }
  });

  it('of a shadow-banned person is let through to the staff and the person only', async () => {
    const userId = createId('guest');
    const params = { showId: stage.showId, userId };
    await stage.people.moderator.get('user:shadow-ban', { params, body: { reason: '' } });
    const messageId = await stage.say({ userId, text: 'hello?', isHeld: true });
    await approve(messageId);
    const [sent] = (await stage.readOf('chat:sent')).filter(({ data }) => data.messageId === messageId);
    expect(sent?.audience).toBe(`staff+user:${userId}`);
  });
});

describe('what the staff said', () => {
  it('is deleted by the crew and by whoever said it, not by other moderators', async () => {
    const { people, shop } = stage;
    const byHost = await stage.say({ userId: shop.people.host, text: 'from the host' });
    const byModerator = await stage.say({ userId: shop.people.moderator, text: 'from me' });
    const byOther = await stage.say({ userId: shop.people.moderator, text: 'from the moderator' });
    expect(await remove(byHost)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    expect(await remove(byModerator)).toMatchObject({ ok: true });
    expect(await people.host.send('message:delete', paramsOf(byOther))).toMatchObject({ ok: true });
  });
});

describe('a pinned message', () => {
  const pin = (messageId: MessageId) =>
    stage.people.moderator.send('message:pin', { params: { showId: stage.showId }, body: { messageId } });

  it('takes the place of another, comes back after a loss, and is taken off', async () => {
    const [first, second] = [
      await stage.say({ userId: createId('guest'), text: 'first' }),
      await stage.say({ userId: createId('guest'), text: 'second' }),
    ];
    await pin(first);
    await pin(second);
    await pin(second);
    expect((await stage.readOf('chat:pinned')).map(({ data }) => data.text)).toEqual(['first', 'second']);
    await stage.people.moderator.get('message:unpin', { params: { showId: stage.showId } });
    await stage.people.moderator.get('message:unpin', { params: { showId: stage.showId } });
    expect(await stage.readOf('chat:unpinned')).toMatchObject([{ data: { messageId: second } }]);
  });

  it('leaves no text behind when it is deleted', async () => {
    const messageId = await stage.say({ userId: createId('guest'), text: 'pinned-slip' });
    await pin(messageId);
    await remove(messageId);
    expect(await everything()).not.toContain('pinned-slip');
    const kept = await stage.commerce.foundation.db.pool.query('SELECT pinned FROM show_chats');
    expect(JSON.stringify(kept.rows)).not.toContain('pinned-slip');
  });

  it('must be one that everybody sees', async () => {
    const held = await stage.say({ userId: createId('guest'), text: 'waits', isHeld: true });
    expect(await pin(held)).toMatchObject(notFound);
    expect(await pin(createId('message'))).toMatchObject(notFound);
  });
});
