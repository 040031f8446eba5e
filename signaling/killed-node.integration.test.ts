import type { ShowId } from '@souk/protocol/ids';
import { BEGINNING, compareEntryIds } from '@souk/protocol/timeline/entries';
import { eventually } from '@souk/runtime/testing/eventually';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { chat } from './testing/chat.ts';
import { type HubProcess, startHubProcess } from './testing/hub-process.ts';
import { createHubWorld, createViewer, type HubWorld } from './testing/hub-world.ts';
import { Wanderer } from './testing/wanderer.ts';

let world: HubWorld;
let doomed: HubProcess;
beforeAll(async () => {
  world = await createHubWorld(inject('redisUrl'));
  doomed = await startHubProcess({ redisUrl: inject('redisUrl'), jwks: world.jwks });
});
afterAll(async () => {
  await doomed.kill();
  await world.stop();
});

/** Speakers are many, so that no bucket of one of them ends the test. */
const SPEAKERS = 10;
const EACH = 5;
const ANSWERED_BEFORE_THE_KILL = 12;

async function readChat(showId: ShowId) {
  const entries = await world.timeline.read(showId, { after: BEGINNING, limit: 1_000 });
  return entries.filter((entry) => entry.type === 'chat:sent');
}

describe('a node that is killed in the midst of commands', () => {
  it('has lost none that it answered, and nobody misses an entry or gets one twice', async () => {
    const { showId } = await world.goLive();
    const watchers = Array.from({ length: 5 }, () => new Wanderer(world));
    await Promise.all(watchers.map((watcher) => watcher.come(showId, doomed.url)));
    const answered = new Map<string, string>();
    let kill: Promise<void> | undefined;
    const speak = async (index: number) => {
      const person = createViewer(`Speaker ${index}`);
      const client = await world.connect(person, doomed.url);
      await client.must('show:join', { showId });
      const commands = Array.from({ length: EACH }, (_, turn) => chat(showId, `${index} says ${turn}`));
      await new Promise<void>((resolve) => {
        client.socket.once('disconnect', () => resolve());
        for (const command of commands)
          client.socket.emit('chat:send', command, (answer: { ok: boolean; data: { entryId: string } }) => {
            if (!answer.ok) return;
            answered.set(command.text, answer.data.entryId);
            if (answered.size === ANSWERED_BEFORE_THE_KILL) kill = doomed.kill();
          });
      });
      return { person, commands };
    };
    const speakers = await Promise.all(Array.from({ length: SPEAKERS }, (_, index) => speak(index)));
    await kill;
    expect(answered.size).toBeGreaterThanOrEqual(ANSWERED_BEFORE_THE_KILL);

    const kept = new Map((await readChat(showId)).map(({ data, id }) => [data.text, id]));
    expect(Object.fromEntries(kept)).toMatchObject(Object.fromEntries(answered));

    await Promise.all(watchers.map((watcher) => watcher.come(showId, 0)));
    // A page does not know which of its words arrived: it says all of them again, by the same command ids.
    for (const { person, commands } of speakers) {
      const client = await world.connect(person, 0);
      await client.must('show:join', { showId });
      for (const command of commands) await client.ask('chat:send', command);
    }
    const all = await readChat(showId);
    expect(new Set(all.map(({ data }) => data.text)).size).toBe(all.length);
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([...answered.values()]));
    const ids = all.map(({ id }) => id).sort(compareEntryIds);
    for (const { told } of watchers) {
      await eventually(() =>
        expect(told.filter(({ type }) => type === 'chat:sent').map(({ id }) => id)).toEqual(ids),
      );
    }
    expect(watchers.map(({ snapshots }) => snapshots)).toEqual(watchers.map(() => 1));
  });
});
