import { createId } from '@souk/protocol/ids';
import { compareEntryIds, createEntry } from '@souk/protocol/timeline/entries';
import { eventually } from '@souk/runtime/testing/eventually';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chat } from './testing/chat.ts';
import { createHubWorld, createViewer, type HubWorld } from './testing/hub-world.ts';
import { Wanderer } from './testing/wanderer.ts';

const NODES = 3;
let world: HubWorld;
beforeAll(async () => {
  world = await createHubWorld(inject('redisUrl'), NODES);
});
afterAll(() => world.stop());

/** The same numbers in each run. */
function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const message = (text: string) =>
  createEntry('chat:sent', Date.now(), {
    messageId: createId('message'),
    userId: createId('user'),
    name: 'Vera',
    role: 'viewer',
    text,
  });

describe('recovery', () => {
  it('gives everybody every entry once and in order, though sockets are cut at random all the time', async () => {
    const { showId } = await world.goLive();
    const roll = createDice(7);
    const wanderers = Array.from({ length: 20 }, () => new Wanderer(world));
    await Promise.all(wanderers.map((wanderer) => wanderer.come(showId, roll(NODES))));
    const appended: string[] = [];
    for (let round = 0; round < 12; round += 1) {
      const sending = Array.from({ length: 5 }, async (_, index) => {
        const { id } = await world.append(showId, message(`${round}-${index}`));
        appended.push(id);
      });
      const unlucky = wanderers.filter(() => roll(100) < 15);
      for (const wanderer of unlucky) wanderer.cut();
      await Promise.all([...sending, ...unlucky.map((wanderer) => wanderer.come(showId, roll(NODES)))]);
    }
    appended.sort(compareEntryIds);
    for (const { told } of wanderers) {
      await eventually(() => expect(told.map(({ id }) => id)).toEqual(appended));
    }
    expect(wanderers.map(({ snapshots }) => snapshots)).toEqual(wanderers.map(() => 1));
  });

  it('reads from the timeline what a node does not remember, and nothing of it comes twice', async () => {
    const { showId } = await world.goLive();
    const wanderer = new Wanderer(world);
    await wanderer.come(showId, 0);
    wanderer.cut();
    const sent = await Promise.all(
      Array.from({ length: 1_500 }, (_, index) => world.append(showId, message(`${index}`))),
    );
    const ids = sent.map(({ id }) => id).sort(compareEntryIds);
    const going = Promise.all(
      Array.from({ length: 20 }, (_, index) => world.append(showId, message(`later ${index}`))),
    );
    await wanderer.come(showId, 1);
    const later = (await going).map(({ id }) => id).sort(compareEntryIds);
    await eventually(() => expect(wanderer.told.map(({ id }) => id)).toEqual([...ids, ...later]));
  });

  it('loses no command that was answered when the connection breaks, and makes no second entry of a resent one', async () => {
    const { showId } = await world.goLive();
    const person = createViewer();
    const client = await world.connect(person);
    const { epoch } = await client.must('show:join', { showId });
    const commands = ['one', 'two', 'three'].map((text) => chat(showId, text));
    const answered = await client.must('chat:send', commands[0] ?? chat(showId, ''));
    for (const command of commands.slice(1)) client.socket.emit('chat:send', command, () => undefined);
    client.close();
    const back = await world.connect(person, 1);
    await back.must('show:join', { showId });
    for (const command of commands) await back.must('chat:send', command);
    const reader = await world.connect(createViewer(), 2);
    await eventually(async () => {
      const answer = await reader.must('show:join', { showId });
      const chatNow = answer.kind === 'snapshot' ? answer.state.chat : [];
      expect(chatNow.map(({ text }) => text).sort()).toEqual(['one', 'three', 'two']);
      expect(chatNow.map(({ entryId }) => entryId)).toContain(answered.entryId);
      expect(answer.epoch).toBe(epoch);
    });
  });
});
