import { createId } from '@souk/protocol/ids';
import { compareEntryIds, createEntry } from '@souk/protocol/timeline/entries';
import { eventually } from '@souk/runtime/testing/eventually';
import { afterEach, describe, expect, inject, it } from 'vitest';
import type { HubLimits } from './connection/hub-limits.ts';
import { connected, createHubClient, type HubClient } from './testing/hub-client.ts';
import { createHubWorld, createViewer, type HubWorld } from './testing/hub-world.ts';

let world: HubWorld | undefined;
afterEach(() => world?.stop());

async function createWorld(limits: Partial<HubLimits>): Promise<HubWorld> {
  world = await createHubWorld(inject('redisUrl'), 1, limits);
  return world;
}

const metricsOf = async (hub: HubWorld): Promise<string> => (await fetch(`${hub.urlOf(0)}/metrics`)).text();

/** The network socket of a client, so that it can cease to read. */
function networkOf({ socket }: HubClient): { pause(): void; resume(): void } {
  const { transport } = socket.io.engine as unknown as {
    transport: { ws: { _socket: { pause(): void; resume(): void } } };
  };
  return transport.ws._socket;
}

const longMessage = () =>
  createEntry('chat:sent', Date.now(), {
    messageId: createId('message'),
    userId: createId('user'),
    name: 'Vera',
    role: 'viewer',
    text: '😀'.repeat(500),
  });

describe('limits', () => {
  it('let in so many each second, and tell the others when to come back', async () => {
    const hub = await createWorld({ admissionsPerSecond: 3 });
    const tokens = await Promise.all(Array.from({ length: 12 }, () => hub.tokenOf(createViewer())));
    const clients = tokens.map((token) => createHubClient(hub.urlOf(0), token));
    const outcomes = await Promise.allSettled(clients.map(connected));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused.length).toBeGreaterThan(0);
    for (const reason of refused) {
      expect(reason).toMatchObject({ message: 'OVERLOADED', data: { code: 'OVERLOADED', retryable: true } });
      expect(reason.data.retryAfterMs).toBeGreaterThan(0);
    }
    expect(await metricsOf(hub)).toMatch(/souk_hub_refused_handshakes_total\{[^}]*OVERLOADED/);
    for (const client of clients) client.close();
  });

  it('close the oldest connection of a person who has too many', async () => {
    const hub = await createWorld({ connectionsPerUser: 2 });
    const person = createViewer();
    const [oldest, ...newer] = [
      await hub.connect(person),
      await hub.connect(person),
      await hub.connect(person),
    ];
    await eventually(() => expect(oldest?.cuts).toEqual([{ reason: 'too-many-connections' }]));
    for (const client of newer) expect(await client.refusal('clock:sync', {})).toBeUndefined();
  });

  it('refuse an address that has too many connections, and take it again when one has gone', async () => {
    const hub = await createWorld({ connectionsPerAddress: 2 });
    const [first] = [await hub.connect(createViewer()), await hub.connect(createViewer())];
    const token = await hub.tokenOf(createViewer());
    const third = createHubClient(hub.urlOf(0), token);
    await expect(connected(third)).rejects.toMatchObject({ message: 'TOO_MANY_CONNECTIONS' });
    const elsewhere = createHubClient(hub.urlOf(0), token, { 'x-forwarded-for': '203.0.113.7' });
    await connected(elsewhere);
    for (const client of [first, third, elsewhere]) client?.close();
    await eventually(async () => {
      const again = createHubClient(hub.urlOf(0), token);
      await connected(again).finally(() => again.close());
    });
  });

  it('count the events of a person over all connections, and those of an address', async () => {
    const hub = await createWorld({ eventsPerUserPerSecond: 5, eventsPerAddressPerSecond: 10 });
    const person = createViewer();
    const tabs = [await hub.connect(person), await hub.connect(person)];
    for (let sent = 0; sent < 12; sent += 1) for (const { socket } of tabs) socket.emit('noise');
    await eventually(() => expect(tabs.flatMap(({ cuts }) => cuts).length).toBeGreaterThan(0));
    const others = await Promise.all([1, 2, 3].map(() => hub.connect(createViewer())));
    const refusals = await Promise.all(
      others.flatMap((client) => Array.from({ length: 15 }, () => client.refusal('noise', {}))),
    );
    expect(refusals).toContain('RATE_LIMITED');
    expect(others.flatMap(({ cuts }) => cuts)).toEqual([]);
  });
});

describe('a client that does not keep up', () => {
  it('is told the state in the place of what it was not sent, counted, and slows nobody', async () => {
    const hub = await createWorld({ backlogBytes: 16 * 1_024 });
    const { showId } = await hub.goLive();
    const [slow, quick] = [await hub.connect(createViewer()), await hub.connect(createViewer())];
    for (const client of [slow, quick]) await client.must('show:join', { showId });
    networkOf(slow).pause();
    let told = 0;
    while (!/clients_behind_total\S* 1/.test(await metricsOf(hub))) {
      const ids = await Promise.all(Array.from({ length: 200 }, () => hub.append(showId, longMessage())));
      told += ids.length;
      const newest = ids
        .map(({ id }) => id)
        .sort(compareEntryIds)
        .at(-1);
      await eventually(() => expect(quick.frames.at(-1)?.upTo).toBe(newest));
    }
    networkOf(slow).resume();
    await eventually(() =>
      expect(slow.resyncs).toMatchObject([
        { showId, reason: 'too-slow', state: { lastId: quick.frames.at(-1)?.upTo } },
      ]),
    );
    expect(slow.entries().length).toBeLessThan(told);
    expect(quick.entries()).toHaveLength(told);
    const last = await hub.append(showId, createEntry('show:renamed', Date.now(), { title: 'after' }));
    await eventually(() => expect(slow.frames.at(-1)?.upTo).toBe(last.id));
    expect(quick.resyncs).toEqual([]);
    expect(await metricsOf(hub)).toMatch(/souk_hub_resyncs_total\{[^}]*too-slow[^}]*\} 1/);
  });
});
