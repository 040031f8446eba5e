import { createId, type MessageId, type UserId } from '@souk/protocol/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../testing/test-client.ts';
import { startTestStage, type TestStage } from '../testing/test-stage.ts';

let stage: TestStage;
beforeAll(async () => {
  stage = await startTestStage();
});
afterAll(() => stage.stop());

const report = (client: TestClient, userId: UserId, messageId: MessageId | null, note = '') =>
  client.send('report:file', {
    params: { showId: stage.showId },
    body: { userId, messageId, reason: 'spam', note },
  });
const filed = async (userId: UserId) =>
  (await stage.readOf('report:filed')).filter(({ data }) => data.userId === userId).map(({ data }) => data);

describe('a report', () => {
  it('of the same message is one with a count, and each person counts once', async () => {
    const { viewer, guest, host } = stage.people;
    const userId = createId('guest');
    const messageId = await stage.say({ userId, text: 'buy my coins' });
    await Promise.all([report(viewer, userId, messageId), report(guest, userId, messageId)]);
    await report(viewer, userId, messageId, 'again');
    await report(host, userId, messageId, 'me too');
    const told = await filed(userId);
    expect(told.map(({ count }) => count)).toEqual([1, 2, 3]);
    expect(new Set(told.map(({ reportId }) => reportId)).size).toBe(1);
    expect(told.at(-1)).toMatchObject({ messageId, name: 'Speaker', reason: 'spam', note: 'me too' });
    expect(Object.keys((await stage.state()).reports)).toHaveLength(1);
  });

  it('is closed once; a later one of somebody else opens another', async () => {
    const { viewer, guest, moderator } = stage.people;
    const userId = createId('guest');
    await report(viewer, userId, null);
    const [first] = await filed(userId);
    if (first === undefined) throw new Error('not told');
    const params = { showId: stage.showId, reportId: first.reportId };
    await moderator.get('report:resolve', { params, body: { outcome: 'dismissed' } });
    await moderator.get('report:resolve', { params, body: { outcome: 'acted' } });
    const resolved = (await stage.readOf('report:resolved')).filter(
      ({ data }) => data.reportId === first.reportId,
    );
    expect(resolved.map(({ data }) => data.outcome)).toEqual(['dismissed']);
    await report(viewer, userId, null);
    await report(guest, userId, null);
    const told = await filed(userId);
    expect(told).toHaveLength(2);
    expect(told[1]?.reportId).not.toBe(first.reportId);
  });

  it('is closed with the message that it is of, by whoever takes that away', async () => {
    const { viewer, guest, host, moderator } = stage.people;
    const showId = await stage.createShow();
    const userId = createId('guest');
    const say = (text: string) => stage.say({ userId, text, showId });
    const [deleted, muted] = [await say('one'), await say('two')];
    const file = (client: TestClient, about: UserId, messageId: MessageId | null) =>
      client.get('report:file', { params: { showId }, body: { userId: about, messageId, reason: 'spam' } });
    for (const messageId of [deleted, muted]) await file(viewer, userId, messageId);
    await file(guest, userId, deleted);
    await file(viewer, userId, null);
    const params = { showId, messageId: deleted };
    await host.get('message:delete', { params, query: { reason: 'spam' } });
    await moderator.get('user:mute', { params: { showId, userId }, body: { seconds: 60, reason: 'again' } });
    const open = Object.values((await stage.state(showId)).reports);
    expect(open.map(({ messageId }) => messageId)).toEqual([null]);
    const query = { showId, action: 'report:resolve' };
    const at = { params: { merchantId: stage.shop.merchantId }, query };
    const { rows } = await stage.people.merchant.get('audit:list', at);
    expect(rows.map(({ actorName, reason, subjectName }) => [actorName, reason, subjectName])).toEqual([
      ['moderator', 'again', 'Speaker'],
      ['host', 'spam', 'Speaker'],
    ]);
  });

  it('leaves none open of a message that is deleted at the same moment', async () => {
    const { viewer, guest, moderator } = stage.people;
    const showId = await stage.createShow();
    const userId = createId('guest');
    for (let round = 0; round < 10; round += 1) {
      const messageId = await stage.say({ userId, text: `round ${round}`, showId });
      const body = { userId, messageId, reason: 'spam' } as const;
      await Promise.all([
        viewer.send('report:file', { params: { showId }, body }),
        moderator.get('message:delete', { params: { showId, messageId } }),
        guest.send('report:file', { params: { showId }, body }),
      ]);
    }
    expect((await stage.state(showId)).reports).toEqual({});
  });

  it('must be of something that the reporter sees', async () => {
    const { viewer, moderator } = stage.people;
    const [author, other] = [createId('guest'), createId('guest')];
    const messageId = await stage.say({ userId: author, text: 'hello' });
    const held = await stage.say({ userId: author, text: 'unseen', isHeld: true });
    const notFound = { ok: false, error: { code: 'MESSAGE_NOT_FOUND' } };
    expect(await report(viewer, other, messageId)).toMatchObject(notFound);
    expect(await report(viewer, author, held)).toMatchObject(notFound);
    expect(await report(viewer, author, createId('message'))).toMatchObject(notFound);
    expect(await report(viewer, createId('user'), null)).toMatchObject({ error: { code: 'USER_NOT_FOUND' } });
    const params = { showId: stage.showId, reportId: createId('report') };
    expect(await moderator.send('report:resolve', { params, body: { outcome: 'acted' } })).toMatchObject({
      error: { code: 'REPORT_NOT_FOUND' },
    });
  });
});

describe('the card of a person', () => {
  it('tells messages, reports, sanctions and what was done before in shows of the shop', async () => {
    const { moderator, viewer, host } = stage.people;
    const userId = stage.guestId;
    const other = await stage.createShow();
    await stage.say({ userId, text: 'one' });
    const two = await stage.say({ userId, text: 'two' });
    await report(viewer, userId, two);
    const mute = { body: { seconds: 60, reason: 'caps', removeMessages: false } };
    await moderator.get('user:mute', { params: { showId: other, userId }, ...mute });
    const muted = await moderator.get('user:mute', { params: { showId: stage.showId, userId }, ...mute });
    await host.get('message:delete', { params: { showId: stage.showId, messageId: two } });
    const params = { showId: stage.showId, userId };
    await moderator.get('user:shadow-ban', { params, body: { reason: '' } });
    const card = await moderator.get('user:card', { params });
    expect(card).toMatchObject({
      ...{ userId, name: 'Speaker', isGuest: true, roles: ['guest'], memberSince: null, ban: null },
      ...{ isShadowBanned: true, mutedUntil: muted.until, messages: 1, reports: 1, orders: 0 },
    });
    expect(card.recentMessages.map(({ text }) => text)).toEqual(['one']);
    expect(
      card.deeds.map(({ action, actorName, showId, reason }) => [action, actorName, showId, reason]),
    ).toEqual([
      ['user:shadow-ban', 'moderator', stage.showId, ''],
      ['report:resolve', 'host', stage.showId, ''],
      ['message:delete', 'host', stage.showId, ''],
      ['user:mute', 'moderator', stage.showId, 'caps'],
      ['user:mute', 'moderator', other, 'caps'],
    ]);
  });

  it('of somebody with an account tells since when, and the roles', async () => {
    const params = { showId: stage.showId, userId: stage.shop.people.moderator };
    const card = await stage.people.host.get('user:card', { params });
    expect(card).toMatchObject({ name: 'moderator', isGuest: false, roles: ['viewer', 'moderator'] });
    expect(card.memberSince).not.toBeNull();
    const unknown = { showId: stage.showId, userId: createId('user') };
    expect(await stage.people.host.send('user:card', { params: unknown })).toMatchObject({
      error: { code: 'USER_NOT_FOUND' },
    });
  });
});

describe('the log', () => {
  const params = () => ({ merchantId: stage.shop.merchantId });

  it('lists page by page what was done in the shows of the shop, by show, actor and command', async () => {
    const { merchant, moderator } = stage.people;
    const showId = await stage.createShow();
    for (let seconds = 1; seconds <= 120; seconds += 1)
      await moderator.get('user:mute', {
        params: { showId, userId: createId('guest') },
        body: { seconds, reason: `${seconds}`, removeMessages: false },
      });
    const query = { showId, action: 'user:mute', actorId: stage.shop.people.moderator };
    const first = await merchant.get('audit:list', { params: params(), query });
    expect(first.rows).toHaveLength(100);
    expect(first.rows[0]).toMatchObject({
      ...{ action: 'user:mute', actorName: 'moderator', showTitle: 'Staged', reason: '120' },
    });
    const second = await merchant.get('audit:list', {
      params: params(),
      query: { ...query, before: String(first.next) as never },
    });
    expect(second.rows.map(({ reason }) => reason)).toEqual(
      Array.from({ length: 20 }, (_, i) => `${20 - i}`),
    );
    expect(second.next).toBeNull();
  });

  it('names who stopped a show, and belongs to one shop', async () => {
    const showId = await stage.createShow();
    const stop = { params: { showId }, body: { reason: 'not safe' } };
    await stage.people.moderator.get('show:stop', stop);
    const { rows } = await stage.people.merchant.get('audit:list', { params: params(), query: { showId } });
    expect(rows.map(({ action, reason }) => [action, reason])).toEqual([
      ['show:stop', 'not safe'],
      ['moderator:invite', ''],
    ]);
    const foreign = { params: { merchantId: createId('merchant') } };
    expect((await stage.people.admin.get('audit:list', foreign)).rows).toEqual([]);
  });

  it('is exported as a CSV that no spreadsheet runs', async () => {
    const showId = await stage.createShow();
    const reason = '=HYPERLINK("http://x"),\nand more';
    const body = { seconds: 1, reason, removeMessages: false };
    await stage.people.moderator.get('user:mute', { params: { showId, userId: stage.guestId }, body });
    const query = { showId, action: 'user:mute' };
    const { fileName, csv } = await stage.people.merchant.get('audit:export', { params: params(), query });
    expect(fileName).toMatch(/^audit-\d{4}-\d{2}-\d{2}\.csv$/);
    const [header, row] = csv.split('\r\n');
    expect(header).toBe('\uFEFFtime,actor,actor_id,action,show,show_id,person,subject,reason');
    expect(row).toContain(`"'=HYPERLINK(""http://x""),\nand more"`);
    expect(row).toContain(`,user:mute,Staged,${showId},`);
  });
});
