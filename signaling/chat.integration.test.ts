import { createId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { eventually } from '@souk/runtime/testing/eventually';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chat } from './testing/chat.ts';
import { createGuest, createHubWorld, createViewer, type HubWorld } from './testing/hub-world.ts';
import { moderatorGrant } from './testing/start-hub.ts';

let world: HubWorld;
beforeAll(async () => {
  world = await createHubWorld(inject('redisUrl'), 2);
});
afterAll(() => world.stop());

async function watch(person = createViewer(), policy?: { guestsMayChat: boolean; guestsMayBuy: boolean }) {
  const show = await world.goLive(policy);
  const client = await world.connect(person);
  await client.must('show:join', { showId: show.showId });
  return { ...show, client, person };
}

describe('chat', () => {
  it('reaches everybody with name, role and text as the server knows them', async () => {
    const { showId, client, person, host } = await watch();
    const hostClient = await world.connect(host, 1);
    await hostClient.must('show:join', { showId });
    const { messageId, entryId } = await client.must('chat:send', chat(showId, '  hello  '));
    await hostClient.must('chat:send', chat(showId, 'welcome'));
    const texts = () => hostClient.entries().map(({ data }) => ('text' in data ? data : undefined));
    await eventually(() =>
      expect(texts()).toMatchObject([
        { messageId, userId: person.userId, name: 'Vera', role: 'viewer', text: 'hello' },
        { name: 'Hana', role: 'host', text: 'welcome' },
      ]),
    );
    expect(hostClient.entries()[0]?.id).toBe(entryId);
  });

  it('makes one entry and the same answer of one command, on whichever node it arrives', async () => {
    const { showId, client, person } = await watch();
    const again = await world.connect(person, 1);
    await again.must('show:join', { showId });
    const command = chat(showId, 'once');
    const answers = [
      await client.must('chat:send', command),
      await client.must('chat:send', command),
      await again.must('chat:send', command),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await world.redis.xlen(`souk:{${showId}}:timeline`)).toBe(3);
  });

  it("does not take another person's command for the same one", async () => {
    const { showId, client } = await watch();
    const other = await world.connect(createViewer('Ola'));
    await other.must('show:join', { showId });
    const command = chat(showId, 'mine');
    const first = await client.must('chat:send', command);
    const second = await other.must('chat:send', command);
    expect(second.messageId).not.toBe(first.messageId);
  });

  it('is refused to guests where the shop says so, and allowed where it allows it', async () => {
    const strict = await watch(createGuest(), { guestsMayChat: false, guestsMayBuy: false });
    expect(await strict.client.refusal('chat:send', chat(strict.showId, 'hello'))).toBe('GUESTS_NOT_ALLOWED');
    const open = await watch(createGuest());
    expect(await open.client.refusal('chat:send', chat(open.showId, 'hello'))).toBeUndefined();
  });

  it('is refused to whoever is muted, until the time is over or the mute is ended', async () => {
    const { showId, client, person } = await watch();
    const until = Date.now() + 60_000;
    await world.append(
      showId,
      createEntry('user:muted', Date.now(), { userId: person.userId, until, reason: 'spam' }, person.userId),
    );
    await eventually(() => expect(client.entries().map(({ type }) => type)).toContain('user:muted'));
    expect(await client.refusal('chat:send', chat(showId, 'still here'))).toBe('MUTED');
    await world.append(
      showId,
      createEntry('user:unmuted', Date.now(), { userId: person.userId }, person.userId),
    );
    await eventually(() => expect(client.entries().map(({ type }) => type)).toContain('user:unmuted'));
    expect(await client.refusal('chat:send', chat(showId, 'back again'))).toBeUndefined();
  });

  it('is refused after the show has ended, which can still be read', async () => {
    const { showId, client } = await watch();
    await world.append(showId, createEntry('show:ended', Date.now(), { reason: 'ended-by-host' }));
    await eventually(() => expect(client.entries().map(({ type }) => type)).toContain('show:ended'));
    expect(await client.refusal('chat:send', chat(showId, 'bye'))).toBe('SHOW_NOT_LIVE');
    expect(await client.refusal('reaction:send', { showId, emoji: '🔥' })).toBe('SHOW_NOT_LIVE');
    expect(await client.must('show:join', { showId })).toMatchObject({ state: { status: 'ended' } });
  });

  it('is limited per person over all connections to a node, and says when to try again', async () => {
    const { showId, client, person } = await watch();
    const second = await world.connect(person);
    await second.must('show:join', { showId });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, sent) =>
        (sent % 2 ? second : client).ask('chat:send', chat(showId, `${sent}`)),
      ),
    );
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused.length).toBeGreaterThanOrEqual(2);
    expect(refused[0]).toMatchObject({ error: { code: 'RATE_LIMITED', retryable: true } });
    expect(refused[0]?.ok === false && refused[0].error.retryAfterMs).toBeGreaterThan(0);
  });

  it('counts code points, and refuses more than 500 or none', async () => {
    const { showId, client } = await watch();
    expect(await client.refusal('chat:send', chat(showId, '😀'.repeat(500)))).toBeUndefined();
    expect(await client.refusal('chat:send', chat(showId, '😀'.repeat(501)))).toBe('INVALID_INPUT');
    expect(await client.refusal('chat:send', chat(showId, ' \u0000 '))).toBe('INVALID_INPUT');
  });

  it('needs the show to be followed', async () => {
    const { showId } = await world.goLive();
    const client = await world.connect(createViewer());
    expect(await client.refusal('chat:send', chat(showId, 'hello'))).toBe('INVALID_TRANSITION');
  });
});

describe('staff', () => {
  it('is who the timeline names a moderator, at once and without a new token', async () => {
    const { showId, client, person } = await watch();
    const other = createId('user');
    const muteOther = () =>
      world.append(
        showId,
        createEntry(
          'user:muted',
          Date.now(),
          { userId: other, until: Date.now() + 60_000, reason: '' },
          other,
        ),
      );
    const types = () => client.entries().map(({ type }) => type);
    await muteOther();
    await world.append(
      showId,
      createEntry(
        'role:granted',
        Date.now(),
        { userId: person.userId, name: person.name, role: 'moderator' },
        person.userId,
      ),
    );
    await eventually(() => expect(types()).toEqual(['role:granted']));
    await muteOther();
    await eventually(() => expect(types()).toEqual(['role:granted', 'user:muted']));
    const whole = await client.must('show:join', { showId });
    expect(whole).toMatchObject({ kind: 'snapshot', isStaff: true });
    expect(whole.kind === 'snapshot' && Object.keys(whole.state.mutes)).toEqual([other]);
    await world.append(
      showId,
      createEntry('role:revoked', Date.now(), { userId: person.userId, role: 'moderator' }, person.userId),
    );
    await eventually(() => expect(types().at(-1)).toBe('role:revoked'));
    expect(await client.must('show:join', { showId })).toMatchObject({ isStaff: false });
  });

  it('is nobody whom the timeline does not name any more, whatever an older token says', async () => {
    const { showId } = await world.goLive();
    const removed = { ...createViewer(), grants: [...createViewer().grants, moderatorGrant(showId)] };
    const client = await world.connect(removed);
    expect(await client.must('show:join', { showId })).toMatchObject({ isStaff: false });
  });

  it('is not the host of another merchant nor the moderator of another show', async () => {
    const { showId } = await world.goLive();
    const elsewhere = await world.goLive();
    const moderator = {
      ...createViewer(),
      grants: [...createViewer().grants, moderatorGrant(elsewhere.showId)],
    };
    for (const person of [elsewhere.host, moderator]) {
      const client = await world.connect(person);
      expect(await client.must('show:join', { showId })).toMatchObject({ isStaff: false });
    }
  });
});
