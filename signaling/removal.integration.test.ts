import type { ShowId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { eventually } from '@souk/runtime/testing/eventually';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chat } from './testing/chat.ts';
import { createHubWorld, createViewer, type HubWorld, type Person } from './testing/hub-world.ts';

let world: HubWorld;
beforeAll(async () => {
  world = await createHubWorld(inject('redisUrl'), 2);
});
afterAll(() => world.stop());

async function follow(showId: ShowId, person: Person, node = 0) {
  const client = await world.connect(person, node);
  const joined = await client.must('show:join', { showId });
  return { client, joined };
}

const ban = ({ userId, name }: Person) =>
  createEntry('user:banned', Date.now(), { userId, name, scope: 'show', reason: 'spam' }, userId);

describe('a banned person', () => {
  it('is told, taken out of the show on every connection and node, and refused until the ban is lifted', async () => {
    const { showId } = await world.goLive();
    const person = createViewer('Troll');
    const tabs = await Promise.all([0, 1].map((node) => follow(showId, person, node)));
    const { client: other } = await follow(showId, createViewer());
    await world.append(showId, ban(person));
    for (const { client } of tabs) {
      await eventually(() => expect(client.removals).toEqual([{ showId, reason: 'banned' }]));
      expect(client.entries().map(({ type }) => type)).toEqual(['user:banned']);
      expect(await client.refusal('show:join', { showId })).toBe('BANNED');
      expect(await client.refusal('chat:send', chat(showId, 'still here'))).toBe('INVALID_TRANSITION');
    }
    await other.must('chat:send', chat(showId, 'peace'));
    await eventually(() => expect(other.entries().map(({ type }) => type)).toEqual(['chat:sent']));
    expect(tabs[0]?.client.entries()).toHaveLength(1);
    const { userId } = person;
    const lifted = await world.append(
      showId,
      createEntry('user:unbanned', Date.now(), { userId, scope: 'show' }, userId),
    );
    await eventually(async () =>
      expect(await tabs[0]?.client.refusal('show:join', { showId })).toBeUndefined(),
    );
    expect(lifted.id).toBeDefined();
  });

  it('is refused from the first moment of a show of the merchant who has banned them', async () => {
    const { showId } = await world.goLive();
    const [banned, present] = [createViewer(), createViewer()];
    const userIds = [banned.userId, present.userId];
    const { client } = await follow(showId, present);
    await world.append(showId, createEntry('users:banned', Date.now(), { userIds }));
    await eventually(() => expect(client.removals).toEqual([{ showId, reason: 'banned' }]));
    const late = await world.connect(banned);
    expect(await late.refusal('show:join', { showId })).toBe('BANNED');
  });

  it('is looked at again when the timeline begins anew', async () => {
    const { showId } = await world.goLive();
    const person = createViewer();
    const { client } = await follow(showId, person);
    await world.redis.del(`souk:{${showId}}:timeline`, `souk:{${showId}}:epoch`);
    await world.append(showId, ban(person));
    await eventually(() => expect(client.removals).toEqual([{ showId, reason: 'banned' }]));
    expect(client.resyncs).toEqual([]);
  });
});

describe('a disconnected person', () => {
  it('is sent out once, and may come back with nothing lost', async () => {
    const { showId } = await world.goLive();
    const person = createViewer();
    const { userId } = person;
    const { client, joined } = await follow(showId, person);
    await world.append(
      showId,
      createEntry('user:disconnected', Date.now(), { userId, reason: 'calm down' }, userId),
    );
    await eventually(() => expect(client.removals).toEqual([{ showId, reason: 'disconnected' }]));
    const id = client.frames.at(-1)?.upTo ?? '';
    const answer = await client.must('show:join', { showId, after: { epoch: joined.epoch, id } });
    expect(answer).toMatchObject({ kind: 'missed', entries: [] });
  });
});

describe('a shadow-banned person', () => {
  it('is told of the own messages as if everybody were, live and on coming back; only the staff sees them too', async () => {
    const { showId, host } = await world.goLive();
    const person = createViewer('Shade');
    const { userId, name } = person;
    await world.append(
      showId,
      createEntry('user:shadow-banned', Date.now(), { userId, name, reason: 'spam' }),
    );
    const { client, joined } = await follow(showId, person);
    const { client: other } = await follow(showId, createViewer(), 1);
    const { client: staff } = await follow(showId, host, 1);
    if (joined.kind !== 'snapshot') throw new Error('a first join gets a snapshot');
    await eventually(async () => {
      await client.must('chat:send', chat(showId, 'can you hear me'));
      return expect(staff.entries().at(-1)?.audience).toBe(`staff+user:${userId}`);
    });
    await eventually(() => expect(client.entries().at(-1)).toMatchObject({ audience: 'all' }));
    const after = { epoch: joined.epoch, id: joined.state.lastId };
    const back = await client.must('show:join', { showId, after });
    expect(back.kind === 'missed' && back.entries.map(({ audience }) => audience)).toContain('all');
    const first = await (await world.connect(person)).must('show:join', { showId });
    expect(JSON.stringify([back, first])).not.toContain('staff');
    expect(JSON.stringify(first)).toContain('can you hear me');
    expect(other.entries()).toEqual([]);
  });
});

describe('a purge', () => {
  it('takes the texts from those who come back, however far behind', async () => {
    const { showId } = await world.goLive();
    const person = createViewer();
    const { client, joined } = await follow(showId, person);
    if (joined.kind !== 'snapshot') throw new Error('a first join gets a snapshot');
    const { messageId } = await client.must('chat:send', chat(showId, 'something bad'));
    const { userId } = person;
    await world.append(showId, createEntry('chat:purged', Date.now(), { userId, messageIds: [messageId] }));
    const filler = Array.from({ length: 1_100 }, () =>
      createEntry('show:renamed', Date.now(), { title: 'T' }),
    );
    await Promise.all(filler.map((entry) => world.append(showId, entry)));
    const after = { epoch: joined.epoch, id: joined.state.lastId };
    await eventually(async () => {
      const answer = await client.must('show:join', { showId, after });
      expect(answer.kind === 'missed' && answer.entries.length).toBe(1_101);
      expect(JSON.stringify(answer)).not.toContain('something bad');
    });
  });
});
