import { createId } from '@souk/protocol/ids';
import { BEGINNING, createEntry } from '@souk/protocol/timeline/entries';
import { foldShow, projectShow } from '@souk/protocol/timeline/reducer';
import { eventually } from '@souk/runtime/testing/eventually';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chat } from './testing/chat.ts';
import { createHubWorld, createViewer, type HubWorld } from './testing/hub-world.ts';
import { createCommandId, PlainClient } from './testing/plain-client.ts';

let world: HubWorld;
beforeAll(async () => {
  world = await createHubWorld(inject('redisUrl'), 2);
});
afterAll(() => world.stop());

async function enter(node = 0) {
  const show = await world.goLive();
  const person = createViewer();
  const client = new PlainClient();
  await client.connect(world.urlOf(node), await world.tokenOf(person));
  expect(await client.join(show.showId)).toBe('snapshot');
  return { ...show, person, client };
}

/** What the house itself makes of the show, as this person may see it. */
async function truthFor({ showId, person }: Pick<Awaited<ReturnType<typeof enter>>, 'showId' | 'person'>) {
  const entries = await world.timeline.read(showId, { after: BEGINNING, limit: 10_000 });
  const state = projectShow(foldShow(entries), { userId: person.userId, isStaff: false });
  return { chat: state.chat, pinnedProductId: state.pinnedProductId };
}

describe('a client written from the page alone', () => {
  it('is refused without a good token, by the code', async () => {
    await expect(new PlainClient().connect(world.urlOf(0), 'nonsense')).rejects.toThrow('UNAUTHENTICATED');
  });

  it('says something once, however often it sends it, and folds what happens', async () => {
    const { client, showId, person } = await enter();
    const command = { showId, commandId: createCommandId(), text: 'hello' };
    const answer = await client.command('chat:send', command);
    expect(answer).toMatchObject({ ok: true, data: { outcome: 'sent' } });
    expect(await client.command('chat:send', command)).toEqual(answer);
    await client.command('chat:send', { ...command, commandId: createCommandId() });
    expect(await client.command('chat:send', { ...command, text: 5 })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT' },
    });
    const productId = createId('product');
    await world.append(showId, createEntry('product:pinned', Date.now(), { productId }));
    await eventually(() => expect(client.state?.pinnedProductId).toBe(productId));
    expect(client.state).toEqual(await truthFor({ showId, person }));
    expect(client.state?.chat).toMatchObject([{ text: 'hello', repeats: 1 }]);
    await client.close();
  });

  it('comes back to another node and has missed nothing, whatever it was in the midst of', async () => {
    const { client, showId, person, host } = await enter();
    const hostClient = await world.connect(host, 1);
    await hostClient.must('show:join', { showId });
    const say = async (count: number): Promise<void> => {
      for (let said = 0; said < count; said += 1)
        await world.append(
          showId,
          createEntry('chat:sent', Date.now(), {
            messageId: createId('message'),
            userId: host.userId,
            name: 'Hana',
            role: 'host',
            text: `${said}`,
          }),
        );
    };
    for (const node of [1, 0, 1]) {
      const talking = say(20);
      await client.close();
      await say(10);
      await client.connect(world.urlOf(node), await world.tokenOf(person));
      expect(await client.join(showId)).toBe('missed');
      await talking;
    }
    await hostClient.must('chat:send', chat(showId, 'last word'));
    await eventually(() => expect(client.state?.chat.at(-1)).toMatchObject({ text: 'last word' }));
    expect(client.state).toEqual(await truthFor({ showId, person }));
    expect(client.state?.chat).toHaveLength(91);
    await client.close();
  });

  it('begins anew with the timeline', async () => {
    const { client, showId, person } = await enter();
    const { epoch } = client.place ?? {};
    await client.command('chat:send', { showId, commandId: createCommandId(), text: 'before' });
    await world.redis.del(`souk:{${showId}}:timeline`, `souk:{${showId}}:epoch`);
    await world.append(showId, createEntry('show:went-live', Date.now(), {}));
    const productId = createId('product');
    await world.append(showId, createEntry('product:pinned', Date.now(), { productId }));
    await eventually(() => expect(client.state?.pinnedProductId).toBe(productId));
    expect(client.place?.epoch).not.toBe(epoch);
    expect(client.state).toEqual(await truthFor({ showId, person }));
    await client.close();
  });

  it('learns that it was sent out, and cannot come back where it is banned', async () => {
    const { client, showId, person } = await enter();
    const { userId, name } = person;
    const told = { userId, name, scope: 'show' as const, reason: 'spam' };
    await world.append(showId, createEntry('user:banned', Date.now(), told, userId));
    await eventually(() => expect(client.removals).toEqual(['banned']));
    expect(await client.join(showId)).toBe('BANNED');
    await client.close();
  });
});
