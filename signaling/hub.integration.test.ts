import { createId } from '@souk/protocol/ids';
import { createEntry } from '@souk/protocol/timeline/entries';
import { eventually } from '@souk/runtime/testing/eventually';
import { createLevels } from '@souk/timeline/levels';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chat } from './testing/chat.ts';
import { createGuest, createHubWorld, createViewer, type HubWorld } from './testing/hub-world.ts';

let world: HubWorld;
beforeAll(async () => {
  world = await createHubWorld(inject('redisUrl'), 2);
});
afterAll(() => world.stop());

describe('joining a show', () => {
  it('answers a first join with the folded state and the levels', async () => {
    const { showId } = await world.goLive();
    const saleId = createId('sale');
    await createLevels({ redis: world.redis }).set(showId, { unitsLeft: { [saleId]: 5 } });
    const client = await world.connect(createViewer());
    const answer = await client.must('show:join', { showId });
    expect(answer).toMatchObject({
      kind: 'snapshot',
      isStaff: false,
      state: { status: 'live', facts: { title: 'Autumn lamps' } },
      levels: { unitsLeft: { [saleId]: 5 } },
    });
  });

  it('refuses a show that has no timeline', async () => {
    const client = await world.connect(createViewer());
    expect(await client.refusal('show:join', { showId: createId('show') })).toBe('SHOW_NOT_FOUND');
  });

  it('answers with exactly what was missed, in order, to whoever names the last entry', async () => {
    const { showId } = await world.goLive();
    const client = await world.connect(createViewer());
    const first = await client.must('show:join', { showId });
    if (first.kind !== 'snapshot') throw new Error('a first join gets a snapshot');
    await client.must('show:leave', { showId });
    for (const text of ['one', 'two', 'three']) await world.append(showId, chatEntry(text));
    const back = await world.connect(createViewer(), 1);
    const answer = await back.must('show:join', {
      showId,
      after: { epoch: first.epoch, id: first.state.lastId },
    });
    expect(answer.kind === 'missed' && answer.entries.map(textOf)).toEqual(['one', 'two', 'three']);
  });

  it('answers with a snapshot when the epoch is another or too much was missed', async () => {
    const { showId } = await world.goLive();
    await Promise.all(
      Array.from({ length: 2_100 }, (_, index) => world.append(showId, chatEntry(`${index}`))),
    );
    const client = await world.connect(createViewer());
    const { epoch } = await client.must('show:join', { showId });
    const far = await client.must('show:join', { showId, after: { epoch, id: '1-0' } });
    const foreign = await client.must('show:join', { showId, after: { epoch: 'another', id: '1-0' } });
    expect([far.kind, foreign.kind]).toEqual(['snapshot', 'snapshot']);
  });

  it('never gives the text of a deleted message to those who come back', async () => {
    const { showId } = await world.goLive();
    const client = await world.connect(createViewer());
    const first = await client.must('show:join', { showId });
    if (first.kind !== 'snapshot') throw new Error('a first join gets a snapshot');
    const { messageId } = await client.must('chat:send', chat(showId, 'something bad'));
    await world.append(showId, createEntry('chat:deleted', Date.now(), { messageId }));
    await eventually(() => expect(client.entries().map((entry) => entry.type)).toContain('chat:deleted'));
    const answer = await client.must('show:join', {
      showId,
      after: { epoch: first.epoch, id: first.state.lastId },
    });
    expect(JSON.stringify(answer)).not.toContain('something bad');
  });
});

describe('frames', () => {
  it('reach the viewers of every node once and in order', async () => {
    const { showId } = await world.goLive();
    const clients = await Promise.all([0, 1].map((node) => world.connect(createViewer(), node)));
    await Promise.all(clients.map((client) => client.must('show:join', { showId })));
    const texts = Array.from({ length: 30 }, (_, index) => `message ${index}`);
    for (const text of texts) await world.append(showId, chatEntry(text));
    for (const client of clients) {
      await eventually(() => expect(client.entries().map(textOf)).toEqual(texts));
    }
  });

  it('carry staff entries to staff, and personal entries to the person, in order and once', async () => {
    const { showId } = await world.goLive();
    const [buyer, other] = [createViewer('Bo'), createViewer('Ola')];
    const moderator = createViewer('Mo');
    const { userId, name } = moderator;
    await world.append(
      showId,
      createEntry('role:granted', Date.now(), { userId, name, role: 'moderator' }, userId),
    );
    const [first, second, staff] = await Promise.all(
      [buyer, other, moderator].map((each) => world.connect(each)),
    );
    if (!first || !second || !staff) throw new Error('three clients were expected');
    for (const client of [first, second, staff]) await client.must('show:join', { showId });
    const orderId = createId('order');
    await world.append(showId, chatEntry('before'));
    await world.append(
      showId,
      createEntry('order:changed', Date.now(), { orderId, status: 'paid' }, buyer.userId),
    );
    await world.append(
      showId,
      createEntry('user:muted', Date.now(), { userId: other.userId, until: 1, reason: '' }, other.userId),
    );
    await world.append(showId, chatEntry('after'));
    const typesOf = (client: typeof first) => client.entries().map((entry) => entry.type);
    await eventually(() => expect(typesOf(first)).toEqual(['chat:sent', 'order:changed', 'chat:sent']));
    await eventually(() => expect(typesOf(second)).toEqual(['chat:sent', 'user:muted', 'chat:sent']));
    await eventually(() => expect(typesOf(staff)).toEqual(['chat:sent', 'user:muted', 'chat:sent']));
  });

  it('name a place from which nothing is missed and nothing comes twice', async () => {
    const { showId } = await world.goLive();
    const person = createViewer();
    const client = await world.connect(person);
    await client.must('show:join', { showId });
    await world.append(showId, chatEntry('seen'));
    await eventually(() => expect(client.frames).toHaveLength(1));
    const [frame] = client.frames;
    if (frame === undefined) throw new Error('a frame was expected');
    client.close();
    await world.append(showId, chatEntry('missed'));
    const back = await world.connect(person, 1);
    const answer = await back.must('show:join', { showId, after: { epoch: frame.epoch, id: frame.upTo } });
    expect(answer.kind === 'missed' && answer.entries.map(textOf)).toEqual(['missed']);
  });

  it('give way to the whole state when the timeline was lost and begins again', async () => {
    const { showId } = await world.goLive();
    const client = await world.connect(createViewer());
    const { epoch } = await client.must('show:join', { showId });
    await world.redis.del(`souk:{${showId}}:timeline`, `souk:{${showId}}:epoch`);
    const later = await world.append(showId, chatEntry('from the new timeline'));
    expect(later.epoch).not.toBe(epoch);
    await eventually(() =>
      expect(client.resyncs).toMatchObject([
        {
          showId,
          epoch: later.epoch,
          reason: 'new-epoch',
          state: { lastId: later.id, chat: [{ text: 'from the new timeline' }] },
        },
      ]),
    );
    const next = await world.append(showId, chatEntry('and on'));
    await eventually(() => expect(client.frames.at(-1)).toMatchObject({ epoch: later.epoch, upTo: next.id }));
    const answer = await client.must('show:join', { showId, after: { epoch, id: '1-0' } });
    expect(answer).toMatchObject({
      kind: 'snapshot',
      state: { chat: [{ text: 'from the new timeline' }, { text: 'and on' }] },
    });
  });
});

describe('a node that ends', () => {
  it('tells its clients, lets them come back elsewhere without a loss, and takes its viewers off', async () => {
    const ending = await createHubWorld(inject('redisUrl'), 2);
    const { showId } = await ending.goLive();
    const person = createViewer();
    const client = await ending.connect(person);
    const { epoch } = await client.must('show:join', { showId });
    await ending.append(showId, chatEntry('seen'));
    await eventually(() => expect(client.entries().map(textOf)).toEqual(['seen']));
    const gone = new Promise((resolve) => client.socket.once('disconnect', resolve));
    await ending.nodes[0]?.stop();
    expect(await gone).toMatch(/^transport/);
    expect(client.cuts).toEqual([{ reason: 'server-stopping' }]);
    expect(await ending.redis.hget(`souk:{${showId}}:levels`, 'viewers')).toBe('0');
    await ending.append(showId, chatEntry('missed'));
    const back = await ending.connect(person, 1);
    const id = client.frames.at(-1)?.upTo ?? '';
    const answer = await back.must('show:join', { showId, after: { epoch, id } });
    expect(answer.kind === 'missed' && answer.entries.map(textOf)).toEqual(['missed']);
    await ending.stop();
  });
});

describe('levels', () => {
  it('count different viewers over all nodes, staff left out, and follow their going', async () => {
    const { showId, host } = await world.goLive();
    const twice = createViewer();
    const hostClient = await world.connect(host);
    await hostClient.must('show:join', { showId });
    const watching = await Promise.all([
      world.connect(twice),
      world.connect(twice),
      world.connect(createGuest(), 1),
    ]);
    for (const client of watching) await client.must('show:join', { showId });
    const viewersSeen = () => hostClient.frames.flatMap(({ levels }) => levels?.viewers ?? []).at(-1);
    await eventually(() => expect(viewersSeen()).toBe(2));
    watching[2]?.close();
    await eventually(() => expect(viewersSeen()).toBe(1));
    expect(await world.redis.get(`souk:{${showId}}:peak`)).toBe('2');
    expect(await world.redis.pfcount(`souk:{${showId}}:audience`)).toBe(2);
  });

  it('bring the reactions of one node to the viewers of another', async () => {
    const { showId } = await world.goLive();
    const [here, there] = await Promise.all([0, 1].map((node) => world.connect(createViewer(), node)));
    await here?.must('show:join', { showId });
    await there?.must('show:join', { showId });
    for (let sent = 0; sent < 3; sent += 1) await here?.must('reaction:send', { showId, emoji: '🔥' });
    const seen = () =>
      (there?.frames ?? []).reduce((sum, { levels }) => sum + (levels?.reactions?.['🔥'] ?? 0), 0);
    await eventually(() => expect(seen()).toBe(3));
  });
});

function chatEntry(text: string) {
  return createEntry('chat:sent', Date.now(), {
    messageId: createId('message'),
    userId: createId('user'),
    name: 'Vera',
    role: 'viewer',
    text,
  });
}

function textOf(entry: { readonly type: string; readonly data: object }): unknown {
  return 'text' in entry.data ? entry.data.text : entry.type;
}
